import { CopyOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditMessage } from '@/components/talk/EditMessage';
import { IconAction, useCopy } from '@/components/talk/IconAction';
import { VersionSteps } from '@/components/talk/VersionSteps';
import { changeConversation } from '../model/store';
import { answerOf, removeTurn, showTurn, siblings, type Conversation, type Picture, type Turn } from '../model/tree';
import { AnswerView } from './AnswerView';
import { stopAnswer } from '../api/answer';

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
  const { t } = useTranslation(['chat', 'talk']);
  const copy = useCopy();
  const [edited, setEdited] = useState(false);
  const versions = siblings(conversation, turn);
  const change = (how: (before: Conversation) => Conversation) => changeConversation(conversation.id, how);
  if (edited) {
    return (
      <EditMessage
        text={turn.text}
        mayBeEmpty={turn.pictures.length > 0}
        onCancel={() => setEdited(false)}
        onSend={(text) => {
          setEdited(false);
          onAsk(turn.parent, text, turn.pictures);
        }}
      />
    );
  }
  return (
    <div className="talk-question">
      <div className="talk-bubble">
        {turn.pictures.length > 0 && (
          <div className="chat-pictures">
            {turn.pictures.map((picture, index) => (
              <img key={index} src={picture.url} alt={picture.name} />
            ))}
          </div>
        )}
        {turn.text !== '' && <div className="talk-text">{turn.text}</div>}
      </div>
      <div className="talk-actions talk-actions-end">
        <VersionSteps
          count={versions.length}
          at={versions.indexOf(turn)}
          label={t('talk:questionVersions')}
          onShow={(at) => {
            const version = versions[at];
            if (version !== undefined) {
              change((before) => showTurn(before, version));
            }
          }}
        />
        <IconAction icon={<CopyOutlined />} label={t('talk:copy')} onClick={() => copy(turn.text)} />
        <IconAction icon={<EditOutlined />} label={t('edit')} onClick={() => setEdited(true)} />
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
