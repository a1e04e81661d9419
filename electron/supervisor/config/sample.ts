// What `tspm init` writes: a config that runs as soon as its script exists, with the rest to be uncommented.

export function sampleConfig(): string {
  return `# yaml-language-server: $schema=./node_modules/tspm/resources/tspm.schema.json
# TSPM runs what is listed here: "tspm start" in this folder or in one below.

processes:
  - name: app
    script: ./server.js        # .js, .ts, .py, .sh and #! lines know their interpreter
    # command: npm run serve   # or a program instead of a script
    # args: [--verbose]
    # cwd: ./service           # relative to this file; the script is relative to cwd
    # instances: 2             # or max: one per processor core
    # port: 3000               # TSPM owns it and spreads it over the instances
    # lbStrategy: round-robin  # or random, least-connections, least-cpu, least-memory, ip-hash, weighted
    # env:
    #   NODE_ENV: production
    #   API_KEY: \${API_KEY}       # from your environment; \${NAME:-default} allows it to be unset
    # envFile: .env
    # dependsOn:
    #   - database
    #   - name: migrate
    #     condition: completed # started, ready or completed
    # autorestart: true
    # maxRestarts: 16          # in a row, then TSPM gives up and says why
    # killSignal: SIGTERM
    # killTimeout: 5s          # then SIGKILL
    # logs:
    #   format: timestamps     # plain, timestamps or json
    #   maxSize: 10M
    #   maxFiles: 5

# Fields for every process that does not have them:
# defaults:
#   env:
#     TZ: UTC
#   restartDelay: 100ms
`;
}
