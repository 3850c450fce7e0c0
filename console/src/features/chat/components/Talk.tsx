import { ColumnWidthOutlined, CloseOutlined, MenuUnfoldOutlined, SettingOutlined } from '@ant-design/icons';
import { Badge, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallableModel } from '@/lib/callableModels';
import { newId } from '@/lib/newId';
import { answerTurn } from '../api/answer';
import { changeConversation } from '../model/store';
import { addTurn, path, type Conversation, type Picture } from '../model/tree';
import { Composer } from './Composer';
import { ModelPicker } from './ModelPicker';
import { SettingsDrawer } from './SettingsDrawer';
import { Thread } from './Thread';

interface Props {
  conversation: Conversation;
  models: CallableModel[];
  onList?: () => void;
}

/** One conversation: whom one talks to, what was said, and what one says next. */
export function Talk({ conversation, models, onList }: Props) {
  const { t } = useTranslation('chat');
  const [settings, setSettings] = useState(false);
  const compares = conversation.models.length > 1;
  const sees = (model: string) => models.find((candidate) => candidate.model_id === model)?.supports_vision === true;
  const choose = (lane: number, model: string) => changeConversation(conversation.id, (before) => ({ ...before, models: before.models.map((old, at) => (at === lane ? model : old)) }));
  const compare = () =>
    changeConversation(conversation.id, (before) => {
      const [first = ''] = before.models;
      return { ...before, models: compares ? [first] : [first, models.find((model) => model.model_id !== first)?.model_id ?? first] };
    });

  const answer = (turnId: string, lane: number) => {
    const model = conversation.models[lane];
    if (model !== undefined) {
      void answerTurn(conversation.id, turnId, lane, model, sees(model));
    }
  };
  const ask = (parent: string | null, text: string, pictures: Picture[]) => {
    const id = newId();
    changeConversation(conversation.id, (before) => addTurn(before, { id, parent, text, pictures, answers: [], shown: {} }, Date.now()));
    conversation.models.forEach((_, lane) => answer(id, lane));
  };
  const turns = path(conversation);
  const busy = turns.some((turn) => turn.answers.some((candidate) => candidate.state === 'waiting' || candidate.state === 'streaming'));
  const set = Object.keys(conversation.parameters).length + (conversation.system.trim() === '' ? 0 : 1);

  return (
    <section className="talk-main" aria-label={t('conversation')}>
      <div className="talk-bar">
        {onList !== undefined && <Button type="text" icon={<MenuUnfoldOutlined />} aria-label={t('conversations')} onClick={onList} />}
        {conversation.models.map((model, lane) => (
          <ModelPicker key={lane} models={models} value={model} label={compares ? t('modelOf', { number: lane + 1 }) : t('model')} onChange={(next) => choose(lane, next)} />
        ))}
        <Tooltip title={compares ? t('compareEnd') : t('compareHelp')}>
          <Button type="text" icon={compares ? <CloseOutlined /> : <ColumnWidthOutlined />} onClick={compare} disabled={!compares && models.length < 2} aria-label={compares ? t('compareEnd') : t('compare')}>
            {compares ? null : <span className="chat-wide">{t('compare')}</span>}
          </Button>
        </Tooltip>
        <span style={{ flex: 1 }} />
        <Badge count={set} size="small" offset={[-4, 4]} color="#0b6680">
          <Button type="text" icon={<SettingOutlined />} onClick={() => setSettings(true)} aria-label={t('settings')}>
            <span className="chat-wide">{t('settings')}</span>
          </Button>
        </Badge>
      </div>
      <Thread conversation={conversation} turns={turns} busy={busy} onAnswer={answer} onAsk={ask} />
      <Composer
        conversationId={conversation.id}
        busy={busy}
        sees={conversation.models.some(sees)}
        answers={turns.flatMap((turn) => turn.answers)}
        onSend={(text, pictures) => ask(turns.at(-1)?.id ?? null, text, pictures)}
      />
      <SettingsDrawer open={settings} conversation={conversation} onClose={() => setSettings(false)} />
    </section>
  );
}
