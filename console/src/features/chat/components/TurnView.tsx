import { CopyOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Input, Space } from 'antd';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeConversation } from '../model/store';
import { answerOf, removeTurn, showTurn, siblings, type Conversation, type Picture, type Turn } from '../model/tree';
import { AnswerView } from './AnswerView';
import { IconAction, useCopy } from './IconAction';
import { stopAnswer } from '../api/answer';
import { Versions } from './Versions';

interface Props {
  conversation: Conversation;
  turn: Turn;
  onAnswer: (turnId: string, lane: number) => void;
  onAsk: (parent: string | null, text: string, pictures: Picture[]) => void;
}

/** One question and what the models say to it. Drawn again only when it, or the models, changed. */
export const TurnView = memo(
  function TurnView({ conversation, turn, onAnswer, onAsk }: Props) {
    const lanes = Math.max(conversation.models.length, ...turn.answers.map((answer) => answer.lane + 1));
    return (
      <article className="chat-turn">
        <Question conversation={conversation} turn={turn} onAsk={onAsk} />
        <div className={lanes > 1 ? 'chat-answers chat-answers-two' : 'chat-answers'}>
          {Array.from({ length: lanes }, (_, lane) => {
            const answer = answerOf(turn, lane);
            return (
              answer !== undefined && (
                <AnswerView
                  key={lane}
                  conversationId={conversation.id}
                  turn={turn}
                  answer={answer}
                  {...(lane < conversation.models.length ? { onRetry: () => onAnswer(turn.id, lane) } : {})}
                />
              )
            );
          })}
        </div>
      </article>
    );
  },
  (before, after) => before.turn === after.turn && before.conversation.models === after.conversation.models && before.conversation.parameters === after.conversation.parameters && before.conversation.system === after.conversation.system && sameVersions(before, after),
);

function sameVersions(before: Props, after: Props): boolean {
  return siblings(before.conversation, before.turn).length === siblings(after.conversation, after.turn).length;
}

function Question({ conversation, turn, onAsk }: Pick<Props, 'conversation' | 'turn' | 'onAsk'>) {
  const { t } = useTranslation('chat');
  const copy = useCopy();
  const [edited, setEdited] = useState<string | null>(null);
  const versions = siblings(conversation, turn);
  const change = (how: (before: Conversation) => Conversation) => changeConversation(conversation.id, how);
  if (edited !== null) {
    const resend = () => {
      if (edited.trim() !== '' || turn.pictures.length > 0) {
        setEdited(null);
        onAsk(turn.parent, edited.trim(), turn.pictures);
      }
    };
    return (
      <div className="chat-edit">
        <Input.TextArea
          autoFocus
          aria-label={t('editQuestion')}
          value={edited}
          onChange={(event) => setEdited(event.target.value)}
          autoSize={{ minRows: 2, maxRows: 16 }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              resend();
            } else if (event.key === 'Escape') {
              setEdited(null);
            }
          }}
        />
        <Space>
          <Button size="small" onClick={() => setEdited(null)}>
            {t('cancel')}
          </Button>
          <Button size="small" type="primary" onClick={resend}>
            {t('resend')}
          </Button>
        </Space>
      </div>
    );
  }
  return (
    <div className="chat-question">
      <div className="chat-bubble">
        {turn.pictures.length > 0 && (
          <div className="chat-pictures">
            {turn.pictures.map((picture, index) => (
              <img key={index} src={picture.url} alt={picture.name} />
            ))}
          </div>
        )}
        {turn.text !== '' && <div className="chat-text">{turn.text}</div>}
      </div>
      <div className="chat-actions chat-actions-end">
        <Versions
          count={versions.length}
          at={versions.indexOf(turn)}
          label={t('questionVersions')}
          onShow={(at) => {
            const version = versions[at];
            if (version !== undefined) {
              change((before) => showTurn(before, version));
            }
          }}
        />
        <IconAction icon={<CopyOutlined />} label={t('copy')} onClick={() => copy(turn.text)} />
        <IconAction icon={<EditOutlined />} label={t('edit')} onClick={() => setEdited(turn.text)} />
        <IconAction
          icon={<DeleteOutlined />}
          label={t('deleteTurn')}
          onClick={() => {
            turn.answers.forEach((answer) => stopAnswer(answer.id));
            change((before) => removeTurn(before, turn.id));
          }}
        />
      </div>
    </div>
  );
}
