/**
 * What every client and every server say for ever: 0.1.0 refuses any other number. Versions of TSPM live together by what they leave
 * unsaid: what a side does not know is refused by name (input) or missing (output). Beside it both say their product version.
 */
export const contractVersion = 1;

export { productVersion } from '../model/product-version.ts';
