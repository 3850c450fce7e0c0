import { ArrowUpOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip, Typography } from 'antd';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { entersMessage } from './entersMessage';

interface Attach {
  icon: ReactNode;
  label: string;
  help: string;
  accept?: string;
  disabled?: boolean;
  onFiles: (files: Iterable<File>) => void;
}

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Whether there is something to send, and it may be sent. */
  ready: boolean;
  busy: boolean;
  onSend: () => void;
  /** Stops what is being written; undefined while nothing can be stopped. */
  onStop: (() => void) | undefined;
  attach: Attach;
  /** What is attached, above the text. */
  attached: ReactNode;
  /** What must be answered before the first message. */
  before?: ReactNode;
  refusal: string | null;
}

/** Where one writes: files come in by button, drop and paste; Enter sends. */
export function MessageBox({ text, onText, ready, busy, onSend, onStop, attach, attached, before, refusal }: Props) {
  const { t } = useTranslation('talk');
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div className="talk-composer">
      {before}
      <div
        className={over ? 'talk-box talk-box-over' : 'talk-box'}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          attach.onFiles(event.dataTransfer.files);
        }}
      >
        {attached}
        <Input.TextArea
          variant="borderless"
          autoFocus
          value={text}
          placeholder={t('placeholder')}
          aria-label={t('message')}
          autoSize={{ minRows: 1, maxRows: 10 }}
          onChange={(event) => onText(event.target.value)}
          onPaste={(event) => {
            if (event.clipboardData.files.length > 0) {
              event.preventDefault();
              attach.onFiles(event.clipboardData.files);
            }
          }}
          onKeyDown={(event) => {
            if (entersMessage(event)) {
              event.preventDefault();
              onSend();
            }
          }}
        />
        <div className="talk-box-actions">
          <input
            ref={picker}
            type="file"
            {...(attach.accept === undefined ? {} : { accept: attach.accept })}
            multiple
            hidden
            onChange={(event) => {
              attach.onFiles([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          <Tooltip title={attach.help}>
            <Button type="text" shape="circle" icon={attach.icon} aria-label={attach.label} disabled={attach.disabled === true} onClick={() => picker.current?.click()} />
          </Tooltip>
          <Typography.Text type="secondary" className="talk-hint">
            {t('keys')}
          </Typography.Text>
          {busy && onStop !== undefined ? (
            <Button shape="circle" icon={<StopOutlined />} aria-label={t('stop')} onClick={onStop} />
          ) : (
            <Button type="primary" shape="circle" icon={<ArrowUpOutlined />} aria-label={t('send')} loading={busy} disabled={!ready} onClick={onSend} />
          )}
        </div>
      </div>
      {refusal !== null && (
        <Typography.Text type="danger" role="alert">
          {refusal}
        </Typography.Text>
      )}
    </div>
  );
}
