/** Whether two files say the same. Line ends may differ, as git converts them on some runners. */
export function sameText(left: string, right: string): boolean {
  return left.replaceAll('\r\n', '\n') === right.replaceAll('\r\n', '\n');
}
