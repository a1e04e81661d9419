/** Raised when a client of one version cannot talk to a server of the other. */
export const contractVersion = 1;

/** The product's version, as package.json has it. */
export { version as productVersion } from '../../package.json';
