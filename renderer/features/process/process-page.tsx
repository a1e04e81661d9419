// Everything about one process: how it is, what its instances do, what it uses, and what it says.
import { useInstances, useStatus } from '../../state/hooks.ts';
import { ProcessUnknown } from './process-unknown.tsx';
import { ProcessSkeleton } from './process-skeleton.tsx';
import { ProcessView } from './process-view.tsx';

export default function ProcessPage({ name }: { readonly name: string }) {
  const known = useStatus() !== null;
  const instances = useInstances(name);
  const [first, ...others] = instances;
  if (first !== undefined) return <ProcessView name={name} instances={[first, ...others]} />;
  return known ? <ProcessUnknown name={name} /> : <ProcessSkeleton name={name} />;
}
