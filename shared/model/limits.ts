// Bounds that the config and the contract share.

/** No path, newline or escape code gets in: names become file names and are printed. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** More instances than this of one process are a typing error on a desktop or a small server. */
export const maxInstances = 512;
