/** An https address of this machine at which nobody answers. A port that was free before may be another sandbox's by now; this one is handed out to nobody. */
export const closedAddress = 'https://localhost:2';
