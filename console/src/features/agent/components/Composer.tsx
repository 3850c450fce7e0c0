import { ArrowUpOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../api/agents';

export interface Draft {
  text: string;
  variables: { name: string; value: string }[];
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
  const [text, setText] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});

  const send = async () => {
    if (busy || text.trim() === '') {
      return;
    }
    const filled = variables.filter(({ name }) => (values[name] ?? '') !== '').map(({ name }) => ({ name, value: values[name] ?? '' }));
    if (await onSend({ text, variables: filled })) {
      setText('');
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
  };
  return (
    <div className="composer">
      {variables.length > 0 && (
        <Flex gap={8} wrap style={{ marginBottom: 8 }}>
          {variables.map(({ name, description, fallback }) => (
            <Input
              key={name}
              prefix={name}
              aria-label={description === '' ? name : description}
              title={description}
              placeholder={fallback}
              value={values[name] ?? ''}
              onChange={(event) => setValues((before) => ({ ...before, [name]: event.target.value }))}
              style={{ width: 240 }}
            />
          ))}
        </Flex>
      )}
      <div className="composer-box">
        <Input.TextArea
          variant="borderless"
          autoSize={{ minRows: 1, maxRows: 8 }}
          autoFocus
          value={text}
          placeholder={t('messagePlaceholder')}
          aria-label={t('message')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Flex justify="end">
          {busy && onStop !== undefined ? (
            <Button shape="round" icon={<StopOutlined />} onClick={onStop}>
              {t('stop')}
            </Button>
          ) : (
            <Button type="primary" shape="circle" icon={<ArrowUpOutlined />} loading={busy} disabled={text.trim() === ''} aria-label={t('send')} onClick={() => void send()} />
          )}
        </Flex>
      </div>
    </div>
  );
}
