// The version of this build, as package.json has it; below everything, so that the shim can say it too.
export { version as productVersion } from '../../package.json';
