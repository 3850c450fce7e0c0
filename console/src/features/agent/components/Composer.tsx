import { ArrowUpOutlined, PaperClipOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Tooltip, Typography } from 'antd';
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { FileChips } from '@/components/FileChips';
import type { Agent } from '../api/agents';
import { kindOf } from '../model/uploads';
import { useUploads } from '../model/useUploads';
import { VariableInputs } from './VariableInputs';

export interface Draft {
  text: string;
  variables: { name: string; value: string }[];
  attachment_ids: string[];
}

interface Props {
  /** What the agent's instructions want to know before the first message. */
  variables: Agent['variables'];
  busy: boolean;
  /** Whether it was taken; else the draft stays. */
  onSend: (draft: Draft) => Promise<boolean>;
  onStop: (() => void) | undefined;
}

export function Composer({ variables, busy, onSend, onStop }: Props) {
  const { t } = useTranslation('agent');
  const textOf = useErrorText();
  const [text, setText] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const files = useUploads();
  const ready = !busy && files.ready && (text.trim() !== '' || files.uploads.length > 0);

  const send = async () => {
    if (!ready) {
      return;
    }
    const filled = variables.filter(({ name }) => (values[name] ?? '') !== '').map(({ name }) => ({ name, value: values[name] ?? '' }));
    const attachments = files.uploads.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id]));
    if (await onSend({ text, variables: filled, attachment_ids: attachments })) {
      setText('');
      files.clear();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
  };
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div className="composer">
      <VariableInputs variables={variables} values={values} onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))} />
      <div
        className={over ? 'composer-box composer-box-over' : 'composer-box'}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          files.add(event.dataTransfer.files);
        }}
      >
        <FileChips
          label={t('files')}
          files={files.uploads.map((upload) => ({
            key: upload.key,
            name: upload.file.name,
            size: upload.file.size,
            kind: kindOf(upload),
            preview: files.preview(upload.key),
            progress: upload.attachment === null && upload.error === null ? upload.progress : undefined,
            failed: upload.error !== null,
            note: upload.error !== null ? textOf(upload.error) : upload.attachment?.truncated === true ? t('fileTruncated') : undefined,
          }))}
          onRemove={files.remove}
        />
        <Input.TextArea
          variant="borderless"
          autoSize={{ minRows: 1, maxRows: 8 }}
          autoFocus
          value={text}
          placeholder={t('messagePlaceholder')}
          aria-label={t('message')}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            if (event.clipboardData.files.length > 0) {
              event.preventDefault();
              files.add(event.clipboardData.files);
            }
          }}
          onKeyDown={onKeyDown}
        />
        <Flex justify="space-between" align="center" gap={8}>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label={t('attach')}
            onChange={(event) => {
              files.add(event.target.files ?? []);
              event.target.value = '';
            }}
          />
          <Tooltip title={t('attachHelp')}>
            <Button type="text" shape="circle" icon={<PaperClipOutlined />} aria-label={t('attach')} onClick={() => picker.current?.click()} />
          </Tooltip>
          {busy && onStop !== undefined ? (
            <Button shape="round" icon={<StopOutlined />} onClick={onStop}>
              {t('stop')}
            </Button>
          ) : (
            <Button type="primary" shape="circle" icon={<ArrowUpOutlined />} loading={busy} disabled={!ready} aria-label={t('send')} onClick={() => void send()} />
          )}
        </Flex>
      </div>
      {files.refusal !== null && (
        <Typography.Text type="danger" role="alert">
          {t(`fileRefusal.${files.refusal}`)}
        </Typography.Text>
      )}
    </div>
  );
}
