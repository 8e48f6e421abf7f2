/** The processor time that a function took, in milliseconds: other processes may hold this one up, and time on the clock shows it. */
export function cpuTimeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
