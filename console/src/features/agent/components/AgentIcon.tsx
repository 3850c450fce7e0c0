import { Avatar } from 'antd';

/** An agent's sign: an emoji or a letter or two, drawn as text whatever somebody wrote there. */
export function AgentIcon({ icon, size = 40 }: { icon: string; size?: number }) {
  const shown = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(icon)][0]?.segment ?? '🤖';
  return (
    <Avatar shape="square" size={size} style={{ background: 'var(--code-bg)', color: 'inherit', fontSize: size * 0.52, borderRadius: 10, flex: 'none' }} aria-hidden>
      {shown}
    </Avatar>
  );
}
