import { Input, Space } from 'antd';
import { CopyButton } from './CopyButton';

/** A text to take along, chosen as soon as it is there, with a button that copies it. */
export function CopyField({ text, label }: { text: string; label: string }) {
  return (
    <Space.Compact block>
      <Input value={text} readOnly aria-label={label} onFocus={(event) => event.target.select()} autoFocus className="monospace" />
      <CopyButton text={text} size="middle" />
    </Space.Compact>
  );
}
