// When a log view may draw: before the browser paints, but not more often than anybody can read.

const leastMs = 45;

export function createPageBeat(): (callback: () => void) => void {
  let last = 0;
  return (callback) => {
    const frame = (): void => {
      requestAnimationFrame((now) => {
        if (now - last < leastMs) {
          frame();
          return;
        }
        last = now;
        callback();
      });
    };
    frame();
  };
}
