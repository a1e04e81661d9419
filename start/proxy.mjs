// The proxy of the shell or of npm's settings, as Electron's downloader wants to be told of it.

/** Variables for the downloader; none where no proxy is set. */
export function proxyEnvironment(env) {
  const https = env.HTTPS_PROXY || env.https_proxy || env.npm_config_https_proxy || env.npm_config_proxy;
  const http = env.HTTP_PROXY || env.http_proxy || env.npm_config_proxy || https;
  if (!https && !http) return {};
  return { ELECTRON_GET_USE_PROXY: '1', HTTPS_PROXY: https || http, HTTP_PROXY: http, NO_PROXY: env.NO_PROXY || env.no_proxy || env.npm_config_noproxy || '' };
}
