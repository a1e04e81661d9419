// TSPM's mark, the same as resources/icon.svg.

export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <defs>
        <linearGradient id="tspm-shade" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#35629b" />
          <stop offset="1" stopColor="#234570" />
        </linearGradient>
      </defs>
      <rect x="1" y="1" width="30" height="30" rx="7.5" fill="url(#tspm-shade)" />
      <path d="M8.2 10.6h15.6M8.2 16h9.2M8.2 21.4h13" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="23" cy="16" r="2.8" fill="#7ee2a8" />
    </svg>
  );
}
