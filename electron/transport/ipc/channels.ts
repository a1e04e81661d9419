// Names of the messages between a window's preload and the main process.

/** To main: a page begins, whatever it had open before is void. */
export const openChannel = 'tspm:open';
/** Both ways: one frame of shared/contract/frames.ts. */
export const frameChannel = 'tspm:frame';
/** To the page: no more frames will be taken, with the FailureValue that says why. */
export const closedChannel = 'tspm:closed';
