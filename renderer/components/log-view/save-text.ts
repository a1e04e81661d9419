// Hands a text to the browser as a file to be saved.

export function saveText(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  // Names of processes may hold what names of files may not.
  link.download = fileName.replace(/[\\/:*?"<>|\x00-\x1f]/g, '_');
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
