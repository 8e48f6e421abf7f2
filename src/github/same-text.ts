/** Whether two files say the same. Line ends may differ, as git converts them on some runners, and so may a byte order mark. */
export function sameText(left: string, right: string): boolean {
  return bare(left) === bare(right);
}

function bare(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}
