// TSPM's mark: a list of processes, one of them with its light on.

export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#2c5282" />
      <path d="M8 11h16M8 16h11M8 21h14" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="24" cy="16" r="2.6" fill="#7ee2a8" />
    </svg>
  );
}
