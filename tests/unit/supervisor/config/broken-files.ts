// Broken config files, each with everything that must be said about it: `line:column beginning of the message`.

export interface BrokenFile {
  readonly title: string;
  /** tspm.yaml unless given. */
  readonly file?: string;
  readonly text: string;
  /** All problems, in order; `…` within stands for anything. */
  readonly expected: readonly string[];
  /** A part of the hint of the first problem. */
  readonly hint?: string;
}

/** A process that is right, with further lines below it. `run.js` exists in every test. */
const app = (...lines: readonly string[]): string => ['processes:', '  - name: app', '    script: run.js', ...lines.map((line) => `    ${line}`), ''].join('\n');
const list = (...processes: readonly string[]): string => ['processes:', ...processes.map((fields) => `  - { ${fields}, script: run.js }`), ''].join('\n');
const time = 'must be a time from 0 to 24 days';

const syntax: readonly BrokenFile[] = [
  { title: 'empty file', text: '', expected: ['1:1 the file is empty'], hint: 'tspm init' },
  { title: 'blanks only', text: '  \n\n', expected: ['1:1 the file is empty'] },
  { title: 'comments only', text: '# nothing\n', expected: ['1:1 the file is empty'] },
  { title: 'empty JSON', file: 'tspm.json', text: ' ', expected: ['1:1 the file is empty'] },
  { title: 'tab as indentation', text: 'processes:\n\t- name: app\n', expected: ['2:1 a tab is used as indentation'], hint: 'spaces' },
  { title: 'tab below a key', text: 'processes:\n  - name: app\n\t  script: run.js\n', expected: ['3:1 a tab is used as indentation', '…'] },
  { title: 'two documents', text: `${app()}---\n${app()}`, expected: ['4:1 the file holds several YAML documents'], hint: '---' },
  { title: 'unclosed quote', text: 'processes:\n  - name: "app\n', expected: ['2:14 not valid YAML: missing closing "quote'] },
  { title: 'unclosed list', text: 'processes: [\n', expected: ['1:12 not valid YAML: flow sequence'] },
  { title: 'value with a colon', text: 'processes:\n  - name: app: x\n    script: run.js\n', expected: ['2:11 not valid YAML: nested mappings'], hint: 'quotes' },
  { title: 'reserved sign', text: app('cwd: @home'), expected: ['4:10 not valid YAML: plain value cannot start'], hint: 'quotes' },
  { title: 'unknown tag', text: app('cwd: !env HOME'), expected: ['4:10 not valid YAML: unresolved tag: !env'], hint: 'remove the tag' },
  { title: 'key that is a list', text: '? [a]\n: b\n', expected: ['1:3 a key must be plain text'] },
  { title: 'duplicate key', text: app('port: 1', 'port: 2'), expected: ['5:5 "port" is written twice'], hint: 'remove' },
  { title: 'unknown alias', text: app('env: *shared'), expected: ['4:10 there is no anchor &shared'] },
  { title: 'anchor within itself', text: app('env: &a { A: *a }'), expected: ['4:18 the anchor &a contains itself'] },
  { title: 'merge of a text', text: app('env: { <<: x }'), expected: ['4:16 << must be followed by an alias of a map'] },
  { title: 'anchors without end', text: bomb(), expected: ['5:10 the anchors of this file expand to more than 20000 values'] },
  { title: 'deep nesting', text: `a: ${'['.repeat(40)}${']'.repeat(40)}\n`, expected: ['1:36 the file is nested deeper than 32 levels'] },
  { title: 'very deep nesting', text: '['.repeat(200_000), expected: ['1:65 the file is nested deeper than 32 levels'] },
  { title: 'very deep lists', text: '- '.repeat(200_000), expected: ['1:129 the file is nested deeper than 32 levels'] },
  { title: 'very many values', text: `a:\n${'- 1\n'.repeat(100_000)}`, expected: ['…the file holds more than 200000 words'] },
  { title: 'very deep JSON', file: 'tspm.json', text: '['.repeat(200_000), expected: ['1:1 the file is nested deeper than 32 levels'] },
  { title: 'deep JSON', file: 'tspm.json', text: `{"a": ${'['.repeat(40)}${']'.repeat(40)}}`, expected: ['1:39 the file is nested deeper than 32 levels'] },
  { title: 'JSON without a comma', file: 'tspm.json', text: '{\n  "namespace": "a"\n  "processes": []\n}', expected: ['3:3 not valid JSON: a comma is missing'] },
  { title: 'JSON with a comment', file: 'tspm.json', text: '{\n  // services\n  "processes": []\n}', expected: ['2:3 not valid JSON: a comment'], hint: '.jsonc' },
  { title: 'JSON with a trailing comma', file: 'tspm.json', text: '{ "processes": [1,] }', expected: ['1:19 not valid JSON: a value is expected'], hint: 'comma too many' },
  { title: 'JSON without quotes', file: 'tspm.json', text: '{ "processes": x }', expected: ['1:16 not valid JSON: this is no JSON value', '…'] },
  { title: 'JSONC that ends early', file: 'tspm.jsonc', text: '{ "processes": [', expected: ['1:17 not valid JSON: a closing ]', '…'] },
  { title: 'JSON with a duplicate key', file: 'tspm.json', text: '{ "a": 1, "a": 2, "processes": [{"name": "a", "script": "run.js"}] }', expected: ['1:3 unknown key "a"', '1:11 "a" is written twice'] },
];

const types: readonly BrokenFile[] = [
  { title: 'a list as the file', text: '- a\n', expected: ['1:1 the file must be a map of fields; found a list'] },
  { title: 'a text as the file', text: 'hello\n', expected: ['1:1 the file must be a map of fields; found the text "hello"'] },
  { title: 'no processes', text: 'namespace: web\n', expected: ['1:1 processes is missing'] },
  { title: 'processes without value', text: 'processes:\n', expected: ['1:1 processes must be a list; found nothing'] },
  { title: 'processes as a map', text: 'processes:\n  app: { script: run.js }\n', expected: ['2:3 processes must be a list; found a map'] },
  { title: 'no process at all', text: 'processes: []\n', expected: ['1:12 processes must hold at least one process'] },
  { title: 'a process that is a text', text: 'processes:\n  - run.js\n', expected: ['2:5 processes[0] must be a map of fields; found the text "run.js"'] },
  { title: 'unknown key of the file', text: `procesess: 1\n${app()}`, expected: ['1:1 unknown key "procesess"'], hint: 'did you mean "processes"?' },
  { title: 'unknown key of a process', text: app('restart_delay: 5s'), expected: ['4:5 unknown key "restart_delay"'], hint: 'did you mean "restartDelay"?' },
  { title: 'unknown key unlike any', text: app('zebra: 1'), expected: ['4:5 unknown key "zebra"'], hint: 'known keys: name, script' },
  { title: 'unknown key of logs', text: app('logs:', '  maxsize: 10M'), expected: ['5:7 unknown key "maxsize" in logs'], hint: 'did you mean "maxSize"?' },
  { title: 'unknown key of a dependency', text: list('name: a', 'name: b, dependsOn: [{ name: a, when: ready }]'), expected: ['3:39 unknown key "when" in dependsOn[0]'], hint: 'known keys: name, condition' },
  { title: 'unknown key of defaults', text: `defaults: { prot: 1 }\n${app()}`, expected: ['1:13 unknown key "prot" in defaults'], hint: 'did you mean "port"?' },
  { title: 'name in defaults', text: `defaults: { name: x }\n${app()}`, expected: ['1:13 unknown key "name" in defaults'], hint: 'name belongs to each process' },
  { title: 'key with an escape code', text: `"\\e[31mred": 1\n${app()}`, expected: ['1:1 unknown key "\\u001b[31mred"'] },
  { title: '__proto__ as a key', text: app('__proto__: { port: 1 }'), expected: ['4:5 unknown key "__proto__"'] },
  { title: 'constructor as a key', text: app('constructor: 1'), expected: ['4:5 unknown key "constructor"'] },
  { title: 'script as a number', text: 'processes:\n  - name: app\n    script: 12\n', expected: ['3:13 script must be text; found the number 12'], hint: 'quotes: "12"' },
  { title: 'script as a list', text: 'processes:\n  - name: app\n    script: [a, b]\n', expected: ['3:13 script must be text; found a list'] },
  { title: 'empty script', text: 'processes:\n  - name: app\n    script: ""\n', expected: ['3:13 script must not be empty'] },
  { title: 'args as a text', text: app('args: --verbose'), expected: ['4:11 args must be a list; found the text "--verbose"'], hint: '- ' },
  { title: 'a map in args', text: app('args:', '  - a', '  - b: c'), expected: ['6:9 args[1] must be text, a number or a boolean; found a map'] },
  { title: 'autorestart as text', text: app('autorestart: yes'), expected: ['4:18 autorestart must be true or false; found the text "yes"'] },
  { title: 'autorestart as null', text: app('autorestart:'), expected: ['4:5 autorestart must be true or false; found nothing'], hint: 'remove the line' },
  { title: 'env as a list', text: app('env: [A=1]'), expected: ['4:10 env must be a map of names and values; found a list'] },
  { title: 'env value as a list', text: app('env:', '  A: [1]'), expected: ['5:10 env.A must be text, a number, a boolean or null; found a list'] },
  { title: 'env name with =', text: app('env:', '  A=B: 1'), expected: ['5:7 "A=B" must be the name of a variable'] },
  { title: 'NUL in a value', text: app('env: { A: "x\\0y" }'), expected: ['4:15 env.A must …'] },
  { title: 'NUL in a path', text: app('cwd: "x\\0y"'), expected: ['4:10 cwd must not contain a NUL character'] },
  { title: 'two wrong values in one map', text: app('logs: { format: xml, maxFiles: many }'), expected: ['4:21 logs.format must be one of plain, timestamps, json; found the text "xml"', '4:36 logs.maxFiles must be a whole number'] },
  { title: 'envFile as a number', text: app('envFile: 1'), expected: ['4:14 envFile must be text or a list of texts; found the number 1'] },
  { title: 'wrong type in JSON', file: 'tspm.json', text: '{\n  "processes": [\n    { "name": "app", "script": "run.js", "port": "80" }\n  ]\n}', expected: ['3:50 port must be a whole number from 1 to 65535; found the text "80"'] },
  { title: 'wrong value in defaults, once', text: `defaults:\n  port: x\n${list('name: a', 'name: b')}`, expected: ['2:9 defaults.port must be a whole number'] },
];

const values: readonly BrokenFile[] = [
  { title: 'no instances', text: app('instances: 0'), expected: ['4:16 instances must be a whole number from 1 to 512'] },
  { title: 'negative instances', text: app('instances: -2'), expected: ['4:16 instances must be a whole number from 1 to 512…found the number -2'] },
  { title: 'huge instances', text: app('instances: 100000'), expected: ['4:16 instances must be a whole number from 1 to 512'] },
  { title: 'fractional instances', text: app('instances: 1.5'), expected: ['4:16 instances must be a whole number…found the number 1.5'] },
  { title: 'instances as a word', text: app('instances: many'), expected: ['4:16 instances must be a whole number from 1 to 512, or "max"'] },
  { title: 'infinite instances', text: app('instances: .inf'), expected: ['4:16 instances must be a whole number'] },
  { title: 'port 0', text: app('port: 0'), expected: ['4:11 port must be a whole number from 1 to 65535'] },
  { title: 'port 65536', text: app('port: 65536'), expected: ['4:11 port must be a whole number from 1 to 65535'] },
  { title: 'ports that end too high', text: app('port: 65534', 'instances: 3', 'balancer: { mode: none }'), expected: ['4:11 the ports of "app" (ports 65534 to 65536) end above 65535'] },
  { title: 'unknown strategy', text: app('port: 3000', 'balancer: { strategy: fastest }'), expected: ['5:27 balancer.strategy must be one of round-robin, random, least-connections, least-cpu, least-memory, ip-hash, weighted; found the text "fastest"'] },
  { title: 'unknown strategy by its short name', text: app('port: 3000', 'lbStrategy: least-conections'), expected: ['5:17 lbStrategy must be one of round-robin, random'], hint: 'did you mean "least-connections"?' },
  { title: 'two strategies', text: app('port: 3000', 'lbStrategy: random', 'balancer: { strategy: weighted }'), expected: ['5:17 lbStrategy says random, balancer.strategy says weighted'] },
  { title: 'unknown key of the balancer', text: app('port: 3000', 'balancer: { stratgy: random }'), expected: ['5:17 unknown key "stratgy" in balancer'], hint: 'did you mean "strategy"?' },
  { title: 'weights that do not match', text: app('port: 3000', 'instances: 2', 'instanceWeight: [1, 2, 3]'), expected: ['6:21 instanceWeight has 3 entries for 2 instances'], hint: 'one weight per instance' },
  { title: 'weights for max', text: app('port: 3000', 'instances: max', 'instanceWeight: [1, 2]'), expected: ['6:21 instanceWeight is a list, and instances is max'] },
  { title: 'weight 0', text: app('port: 3000', 'instanceWeight: 0'), expected: ['5:21 instanceWeight must be a whole number from 1 to 1000'] },
  { title: 'handoff without Node', text: 'processes:\n  - { name: a, command: sleep, port: 3000, balancer: { mode: handoff } }\n', expected: ['… balancer.mode handoff needs a Node program'] },
  { title: 'waitReady without Node', text: 'processes:\n  - { name: a, command: sleep, waitReady: true }\n', expected: ['… waitReady needs a Node program'] },
  { title: 'name of a variable that is none', text: app('instanceVar: 1st'), expected: ['4:18 instanceVar must be the name of a variable'] },
  { title: 'unknown unit', text: app('killTimeout: 5 minutes'), expected: [`4:18 killTimeout ${time}`] },
  { title: 'negative time', text: app('restartDelay: -1'), expected: [`4:19 restartDelay ${time}`] },
  { title: 'time beyond timers', text: app('minUptime: 40d'), expected: [`4:16 minUptime ${time}`] },
  { title: 'size with a wrong unit', text: app('logs: { maxSize: 10X }'), expected: ['4:22 logs.maxSize must be a size'] },
  { title: 'size 0', text: app('logs: { maxSize: 0 }'), expected: ['4:22 logs.maxSize must be a size of at least 1 byte'] },
  { title: 'backoff below 1', text: app('restartBackoff: 0.5'), expected: ['4:21 restartBackoff must be at least 1'] },
  { title: 'signal that ends nothing', text: app('killSignal: SIGSTOP'), expected: ['4:17 killSignal must be one of SIGHUP, SIGINT'] },
  { title: 'reserved name', text: 'processes:\n  - name: all\n    script: run.js\n', expected: ['2:11 the name "all" is taken'] },
  { title: 'unknown signal', text: app('killSignal: SIGTREM'), expected: ['4:17 killSignal must be one of SIGHUP, SIGINT'], hint: 'did you mean "SIGTERM"?' },
  { title: 'exit code 300', text: app('stopExitCodes: [0, 300]'), expected: ['4:24 stopExitCodes[1] must be a whole number from 0 to 255'] },
  { title: 'unknown strategy', text: app('lbStrategy: round_robin'), expected: ['4:17 lbStrategy must be one of round-robin, random'], hint: 'did you mean "round-robin"?' },
  { title: 'unknown protocol', text: app('healthCheck: { protocol: grpc }'), expected: ['4:30 healthCheck.protocol must be one of http, https, tcp, command, none'] },
  { title: 'unknown condition', text: list('name: a', 'name: b, dependsOn: [{ name: a, condition: reddy }]'), expected: ['3:50 dependsOn[0].condition must be one of started, ready, completed'], hint: 'did you mean "ready"?' },
  { title: 'dependency without a name', text: app('dependsOn: [{ condition: ready }]'), expected: ['4:19 dependsOn[0].name is missing'] },
  ...['../etc', '', '-x', 'a b', 'a/b', 'x'.repeat(65), 'ü'].map((name) => ({
    title: `name ${JSON.stringify(name.slice(0, 8))}`,
    text: `processes:\n  - name: ${JSON.stringify(name)}\n    script: run.js\n`,
    expected: [`2:11 name must be 1 to 64 letters…found the text ${JSON.stringify(name)}`],
  })),
  { title: 'name with a newline', text: 'processes:\n  - name: "a\\nb"\n    script: run.js\n', expected: ['2:11 name must …found the text "a\\nb"'] },
  { title: 'name with an escape code', text: 'processes:\n  - name: "a\\e[2Jb\\x9b"\n    script: run.js\n', expected: ['2:11 name must …found the text "a\\u001b[2Jb\\u009b"'] },
  { title: 'no name', text: 'processes:\n  - script: run.js\n', expected: ['2:5 name is missing'], hint: 'add "name:"' },
  { title: 'namespace with a slash', text: `namespace: a/b\n${app()}`, expected: ['1:12 namespace must be 1 to 64 letters'] },
];

const relations: readonly BrokenFile[] = [
  { title: 'duplicate name', text: list('name: a', 'name: b', 'name: a'), expected: ['4:13 the name "a" is used twice'] },
  { title: 'duplicate port', text: list('name: a, port: 3000', 'name: b, port: 3000'), expected: ['3:22 port 3000 is used by "a" (port 3000) and by "b" (port 3000)'] },
  { title: 'ports that overlap', text: list('name: a, port: 3000, instances: 4, balancer: { mode: none }', 'name: b, port: 3003'), expected: ['3:22 port 3003 is used by "a" (ports 3000 to 3003) and by "b"'] },
  { title: 'ports that overlap with max', text: list('name: a, port: 3003', 'name: b, port: 3000, instances: max, balancer: { mode: none }'), expected: ['3:22 port 3003 is used by "a" (port 3003) and by "b" (ports 3000 to 3003)'] },
  { title: 'port of defaults for two', text: `defaults: { port: 80 }\n${list('name: a', 'name: b')}`, expected: ['1:19 port 80 is used by "a" (port 80) and by "b"'] },
  { title: 'unknown dependency', text: list('name: database', 'name: api, dependsOn: [databse]'), expected: ['3:30 no process is named "databse"'], hint: 'did you mean "database"?' },
  { title: 'dependency twice', text: list('name: a', 'name: b, dependsOn: [a, a]'), expected: ['3:31 "a" is listed twice'] },
  { title: 'self dependency', text: list('name: a, dependsOn: [a]'), expected: ['2:28 "a" depends on itself'] },
  { title: 'circle of two', text: list('name: a, dependsOn: [b]', 'name: b, dependsOn: [a]'), expected: ['3:28 the dependencies run in a circle: a → b → a'] },
  { title: 'circle of three', text: list('name: x, dependsOn: [a]', 'name: a, dependsOn: [b]', 'name: b, dependsOn: [c]', 'name: c, dependsOn: [a]'), expected: ['5:28 the dependencies run in a circle: a → b → c → a'] },
];

const files: readonly BrokenFile[] = [
  { title: 'neither script nor command', text: 'processes:\n  - name: app\n', expected: ['2:5 neither script nor command is given'] },
  { title: 'script and command', text: app('command: node run.js'), expected: ['4:5 both script and command are given'] },
  { title: 'command with an interpreter', text: 'processes:\n  - name: app\n    command: ls\n    interpreter: bash\n', expected: ['4:5 interpreter has no use with command'] },
  { title: 'misspelt script', text: 'processes:\n  - name: app\n    scritp: run.js\n', expected: ['3:5 unknown key "scritp"'], hint: 'did you mean "script"?' },
  { title: 'missing script', text: 'processes:\n  - name: app\n    script: ./rnu.js\n', expected: ['3:13 the script "./rnu.js" does not exist'], hint: 'did you mean "run.js"?' },
  { title: 'script is a folder', text: 'processes:\n  - name: app\n    script: folder\n', expected: ['3:13 the script …/folder is a folder'] },
  { title: 'missing cwd', text: app('cwd: nowhere'), expected: ['4:10 the folder …/nowhere does not exist'] },
  { title: 'cwd is a file', text: app('cwd: run.js'), expected: ['4:10 the folder …/run.js is not a folder'] },
  { title: 'missing env file', text: app('envFile: [.env.none]'), expected: ['4:15 the env file …/.env.none does not exist'] },
  { title: 'env file is a folder', text: app('envFile: folder'), expected: ['4:14 the env file …/folder is a folder'] },
  { title: 'missing interpreter', text: app('interpreter: no-such-program'), expected: ['4:18 the interpreter "no-such-program" of …/run.js is not on PATH'], hint: 'install' },
  { title: 'missing interpreter path', text: app('interpreter: ./bin/mine'), expected: ['4:18 the interpreter …/bin/mine does not exist'] },
  { title: 'missing program', text: 'processes:\n  - name: app\n    command: no-such-program\n', expected: ['3:14 the program "no-such-program" is not on PATH'] },
  { title: 'missing program path', text: 'processes:\n  - name: app\n    command: [./bin/mine, -x]\n', expected: ['3:14 the program …/bin/mine does not exist'] },
  { title: 'program that is not executable', text: 'processes:\n  - name: app\n    command: ./run.js\n', expected: ['3:14 the program …/run.js is not executable'], hint: 'chmod' },
  { title: 'empty list as command', text: 'processes:\n  - name: app\n    command: []\n', expected: ['3:14 command must not be empty'] },
  { title: 'blank command', text: 'processes:\n  - name: app\n    command: "  "\n', expected: ['3:14 command is blank'] },
  { title: 'args after a shell line', text: 'processes:\n  - name: app\n    command: ls | wc\n    args: [-l]\n', expected: ['3:14 args cannot be added'] },
  { title: 'script nobody can run', text: 'processes:\n  - name: app\n    script: data.txt\n', expected: ['3:13 cannot tell what runs …/data.txt'] },
  { title: 'TypeScript without a runner', text: 'processes:\n  - name: app\n    script: main.ts\n', expected: ['3:13 nothing here runs …/main.ts'], hint: 'tsx' },
];

const expansions: readonly BrokenFile[] = [
  { title: 'variable not set', text: app('port: ${NOPE}'), expected: ['4:11 NOPE is not set'], hint: '${NOPE:-default}' },
  { title: 'unclosed reference', text: app('cwd: ${HOME'), expected: ['4:10 a "${" has no closing "}"'] },
  { title: 'unknown form', text: app('cwd: ${HOME:?no}'), expected: ['4:10 "${HOME:?no}" cannot be expanded'] },
  { title: 'expanded port is no number', text: app('port: ${WORD}'), expected: ['4:11 port must be a whole number from 1 to 65535; found what "${WORD}" stands for'] },
  { title: 'expanded port out of range', text: app('port: ${BIG}'), expected: ['4:11 port must be a whole number from 1 to 65535'] },
  { title: 'several variables not set', text: app('args: ["${A}", ok, "${B}"]', 'env: { C: "${D}" }'), expected: ['4:12 A is not set', '4:24 B is not set', '5:15 D is not set'] },
];

const together: readonly BrokenFile[] = [
  {
    title: 'everything at once',
    text: 'processes:\n  - name: api\n    script: none.js\n    prot: 1\n    dependsOn: [db]\n  - name: api\n    script: run.js\n    port: x\n    killSignal: 9\n',
    expected: [
      '3:13 the script "none.js" does not exist',
      '4:5 unknown key "prot"',
      '5:17 no process is named "db"',
      '6:11 the name "api" is used twice',
      '8:11 port must be a whole number',
      '9:17 killSignal must be one of',
    ],
  },
  { title: 'columns after a byte order mark', text: '\ufeffprocesses: 1\n', expected: ['1:12 processes must be a list'] },
  { title: 'lines that end in CR LF', text: 'processes:\r\n  - name: app\r\n    script: run.js\r\n    port: x\r\n', expected: ['4:11 port must be'] },
];

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  return `${lines.join('\n')}\n`;
}

export const brokenFiles: readonly BrokenFile[] = [...syntax, ...types, ...values, ...relations, ...files, ...expansions, ...together];
