import { Button, Drawer, Form, Input, InputNumber, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeConversation } from '../model/store';
import type { Conversation, Parameters } from '../model/tree';

interface Bounds {
  name: keyof Parameters;
  min: number;
  max: number;
  step: number;
}

const PARAMETERS: Bounds[] = [
  { name: 'temperature', min: 0, max: 2, step: 0.1 },
  { name: 'top_p', min: 0, max: 1, step: 0.05 },
  { name: 'max_tokens', min: 1, max: 1_000_000, step: 1 },
  { name: 'presence_penalty', min: -2, max: 2, step: 0.1 },
  { name: 'frequency_penalty', min: -2, max: 2, step: 0.1 },
  { name: 'seed', min: 0, max: 2_147_483_647, step: 1 },
];

/** System prompt and parameters of a conversation. What is left empty is not sent, so the model's own default counts. */
export function SettingsDrawer({ open, conversation, onClose }: { open: boolean; conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const setParameter = (name: keyof Parameters, value: number | null) =>
    changeConversation(conversation.id, (before) => {
      const parameters = { ...before.parameters };
      if (value === null) {
        delete parameters[name];
      } else {
        parameters[name] = value;
      }
      return { ...before, parameters };
    });
  return (
    <Drawer open={open} onClose={onClose} title={t('settings')} size={400}>
      <Form layout="vertical" component="div">
        <Form.Item label={t('system')} htmlFor="chat-system" extra={t('systemHelp')}>
          <Input.TextArea
            id="chat-system"
            value={conversation.system}
            onChange={(event) => changeConversation(conversation.id, (before) => ({ ...before, system: event.target.value }))}
            autoSize={{ minRows: 4, maxRows: 14 }}
          />
        </Form.Item>
        <Typography.Paragraph type="secondary">{t('parametersHelp')}</Typography.Paragraph>
        {PARAMETERS.map(({ name, min, max, step }) => (
          <Form.Item key={name} label={t(`parameter.${name}`)} htmlFor={`chat-${name}`} extra={t(`parameterHelp.${name}`)}>
            <InputNumber
              id={`chat-${name}`}
              value={conversation.parameters[name] ?? null}
              min={min}
              max={max}
              step={step}
              {...(step === 1 ? { precision: 0 } : {})}
              placeholder={t('unset')}
              onChange={(value) => setParameter(name, value)}
              style={{ width: '100%' }}
            />
          </Form.Item>
        ))}
        <Button block onClick={() => changeConversation(conversation.id, (before) => ({ ...before, parameters: {} }))} disabled={Object.keys(conversation.parameters).length === 0}>
          {t('resetParameters')}
        </Button>
      </Form>
    </Drawer>
  );
}
