import { describe, expect, it } from 'vitest';
import { parseLogLine, type LogFile } from '../../../../electron/supervisor/logs/log-entry.ts';

const file = (format: LogFile['format'], stream: LogFile['stream'] = 'err'): LogFile => ({ path: 'x', process: 'api', instance: 1, stream, format });
const time = Date.parse('2026-01-02T03:04:05.678Z');
const stamp = '2026-01-02T03:04:05.678Z';

describe('parseLogLine', () => {
  it('takes a plain line as it is, without the carriage return', () => {
    expect(parseLogLine(file('plain'), `${stamp} x\r`)).toEqual({ process: 'api', instance: 1, stream: 'err', time: null, message: `${stamp} x`, fields: null });
  });

  it('takes the time off a line', () => {
    expect(parseLogLine(file('timestamps'), `${stamp}  two blanks`)).toMatchObject({ time, message: ' two blanks' });
    expect(parseLogLine(file('timestamps'), `${stamp} `)).toMatchObject({ time, message: '' });
  });

  it('takes a line of an older format as text', () => {
    expect(parseLogLine(file('timestamps'), 'no time here')).toMatchObject({ time: null, message: 'no time here' });
    for (const line of ['no json', '{"half":', '[1]', 'null', '']) expect(parseLogLine(file('json'), line)).toMatchObject({ time: null, message: line });
  });

  it('reads json lines: the stream is what the line says', () => {
    const line = JSON.stringify({ time: stamp, process: 'api', instance: 1, stream: 'out', message: 'hi' });
    expect(parseLogLine(file('json', null), line)).toEqual({ process: 'api', instance: 1, stream: 'out', time, message: 'hi', fields: null });
  });

  it('keeps the fields of an application that logs JSON itself', () => {
    const line = JSON.stringify({ time: stamp, process: 'api', instance: 1, stream: 'out', level: 'info', 'app.time': 5 });
    expect(parseLogLine(file('json'), line)).toMatchObject({ time, message: '', fields: { level: 'info', 'app.time': 5 } });
    const withMessage = JSON.stringify({ time: stamp, stream: 'err', message: 'hi', level: 'warn' });
    expect(parseLogLine(file('json'), withMessage)).toMatchObject({ message: 'hi', fields: { level: 'warn' } });
  });

  it('marks a piece of a long line as the other formats do', () => {
    const line = JSON.stringify({ time: stamp, stream: 'out', message: 'abc', partial: true });
    expect(parseLogLine(file('json'), line)).toMatchObject({ message: 'abc …[line continues]', fields: null });
  });
});
