import { describe, expect, it } from 'vitest';
import { createHostRule, isLoopback, originOf } from '../../../../electron/transport/door/address.ts';

it('knows which addresses are this machine only', () => {
  for (const host of ['127.0.0.1', '127.8.9.1', '::1', 'localhost']) expect(isLoopback(host), host).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.evil.example', 'box.lan', '1127.0.0.1']) expect(isLoopback(host), host).toBe(false);
});

it('makes addresses that a browser of this machine can open', () => {
  expect([originOf('127.0.0.1', 1), originOf('0.0.0.0', 2), originOf('::', 3), originOf('fe80::1', 4), originOf('box.lan', 5)]).toEqual([
    'http://127.0.0.1:1',
    'http://127.0.0.1:2',
    'http://[::1]:3',
    'http://[fe80::1]:4',
    'http://box.lan:5',
  ]);
});

describe('createHostRule', () => {
  it('takes the three names of loopback, and their own port only', () => {
    const isOwn = createHostRule('127.0.0.1', 8776, 'box');
    for (const header of ['127.0.0.1:8776', 'localhost:8776', 'LocalHost:8776', '[::1]:8776']) expect(isOwn(header), header).toBe(true);
    const foreign = [undefined, '', '127.0.0.1', 'localhost:80', 'box:8776', '192.168.1.5:8776', 'evil.example:8776', '::1:8776', '[::1]', 'a@localhost:8776', 'localhost:8776:8776', 'localhost:08776x', ' localhost:8776', 'localhost:8776,evil.example'];
    for (const header of foreign) expect(isOwn(header), String(header)).toBe(false);
  });

  it('on port 80 takes names without a port', () => {
    const isOwn = createHostRule('127.0.0.1', 80, 'box');
    expect([isOwn('localhost'), isOwn('[::1]'), isOwn('localhost:80'), isOwn('localhost:81')]).toEqual([true, true, true, false]);
  });

  it('when other machines may come, also takes addresses in digits, and the names that are ours', () => {
    const isOwn = createHostRule('0.0.0.0', 9000, 'Box');
    for (const header of ['192.168.1.5:9000', '[fe80::1]:9000', 'box:9000', '127.0.0.1:9000']) expect(isOwn(header), header).toBe(true);
    for (const header of ['evil.example:9000', '192.168.1.5.evil.example:9000', 'box.evil.example:9000', '192.168.1.5:9001']) expect(isOwn(header), header).toBe(false);
    expect(createHostRule('box.lan', 9000, 'box')('box.lan:9000')).toBe(true);
  });
});
