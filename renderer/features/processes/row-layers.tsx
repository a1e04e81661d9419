// The menu of a line, the question how many instances, and the question before something is deleted.
import { useEffect } from 'react';
import { useProcessGroup } from '../../state/use-process-groups.ts';
import { DeleteQuestion } from './delete-question.tsx';
import { RowMenu } from './row-menu.tsx';
import { closeLayer, dropLayer, useRowLayer, type RowMenuPlace } from './row-menu-state.ts';
import { ScalePopover } from './scale-popover.tsx';

export function RowLayers() {
  const layer = useRowLayer();
  // They belong to the page that they were opened on.
  useEffect(() => dropLayer, []);
  // A menu has its place in a window of this size.
  const placed = layer !== null && layer.kind !== 'delete';
  useEffect(() => {
    if (!placed) return undefined;
    window.addEventListener('resize', dropLayer);
    return () => window.removeEventListener('resize', dropLayer);
  }, [placed]);
  if (layer === null) return null;
  if (layer.kind === 'delete') return <DeleteQuestion names={layer.names} onClose={() => closeLayer('delete')} />;
  return <PlacedLayer key={`${layer.kind} ${layer.place.name}`} kind={layer.kind} place={layer.place} />;
}

function PlacedLayer({ kind, place }: { readonly kind: 'menu' | 'scale'; readonly place: RowMenuPlace }) {
  const group = useProcessGroup(place.name);
  const isGone = group === undefined;
  useEffect(() => {
    if (isGone) closeLayer(kind);
  }, [isGone, kind]);
  if (isGone) return null;
  return kind === 'menu' ? <RowMenu group={group} place={place} /> : <ScalePopover group={group} place={place} />;
}
