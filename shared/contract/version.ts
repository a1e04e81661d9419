/** Raised when a client of one version cannot talk to a server of the other. */
export const contractVersion = 1;

export { productVersion } from '../model/product-version.ts';
