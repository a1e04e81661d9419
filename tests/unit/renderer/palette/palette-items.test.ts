import { describe, expect, it } from 'vitest';
import { paletteItems } from '../../../../renderer/app/palette/palette-items.ts';
import { groupsOf, snapshot } from '../snapshots.ts';

const pages = [{ path: '/', title: 'Processes' }];
const groups = groupsOf(
  snapshot({ id: 1, name: 'api', instance: 0 }),
  snapshot({ id: 2, name: 'api', instance: 1 }),
  snapshot({ id: 3, name: 'capital-report', state: 'stopped' }),
  snapshot({ id: 4, name: 'worker' }),
);
const labels = (query: string, fresh = true): readonly string[] => paletteItems({ pages, groups, fresh }, query).map(({ label }) => label);

describe('the command palette', () => {
  it('offers to go anywhere when nothing is typed', () => {
    expect(labels('').slice(0, 4)).toEqual(['api', 'capital-report', 'worker', 'Processes']);
  });

  it('begins with what begins with the word', () => {
    expect(labels('api')[0]).toBe('api');
    expect(labels('api')).toContain('Restart api');
    expect(labels('api')).toContain('capital-report');
  });

  it('offers what makes sense now', () => {
    expect(labels('capital')).toEqual(['capital-report', 'Start capital-report', 'Restart capital-report']);
    expect(labels('worker')).toEqual(expect.arrayContaining(['Stop worker', 'Reload worker']));
    expect(labels('worker')).not.toContain('Start worker');
  });

  it('scales to the number that was typed, and to no other', () => {
    const [scale] = paletteItems({ pages, groups, fresh: true }, 'scale api 6');
    expect(scale).toMatchObject({ label: 'Scale api to 6', deed: { kind: 'scale', name: 'api', instances: 6 } });
    expect(labels('scale api 2')).toEqual(['Scale api to 2']);
    expect(labels('scale api 0')).toEqual([]);
    expect(labels('scale api 900')).toEqual([]);
  });

  it('puts the process of just that name first, and acts on none that has the name inside', () => {
    const alike = groupsOf(snapshot({ id: 1, name: 'api-gateway' }), snapshot({ id: 2, name: 'api' }), snapshot({ id: 3, name: 'capital' }));
    const found = paletteItems({ pages, groups: alike, fresh: true }, 'stop api').map(({ label }) => label);
    expect(found).toEqual(['Stop api', 'Stop api-gateway']);
  });

  it('never deletes, and does nothing to processes while the engine is away', () => {
    expect(labels('delete')).toEqual([]);
    expect(labels('restart', false)).toEqual([]);
    expect(labels('api', false)).toEqual(['api', 'capital-report']);
  });

  it('offers a bounded number', () => {
    const many = groupsOf(...Array.from({ length: 200 }, (_, id) => snapshot({ id, name: `service-${id}` })));
    expect(paletteItems({ pages, groups: many, fresh: true }, 'service').length).toBe(40);
  });
});
