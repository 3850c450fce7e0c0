/** The product's mark and name. */
export function Mark({ compact = false }: { compact?: boolean }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10 }}>
      <img src="/favicon.svg" alt="" width={26} height={26} />
      {!compact && <span>Jarvis</span>}
    </span>
  );
}
