import { useTranslation } from 'react-i18next';
import { FollowingLog } from '@/components/talk/FollowingLog';
import type { Conversation, Picture, Turn } from '../model/tree';
import { TurnView } from './TurnView';

interface Props {
  conversation: Conversation;
  turns: Turn[];
  busy: boolean;
  onAnswer: (turnId: string, lane: number) => void;
  onAsk: (parent: string | null, text: string, pictures: Picture[]) => void;
}

/** The branch of the conversation that is in view. */
export function Thread({ conversation, turns, busy, onAnswer, onAsk }: Props) {
  const { t } = useTranslation('chat');
  return (
    <FollowingLog busy={busy} empty={turns.length === 0} last={turns.at(-1)?.id} wide={conversation.models.length > 1}>
      {turns.length === 0 ? (
        <div className="chat-welcome">
          <h2>{t('welcome')}</h2>
          <p>{t('welcomeText')}</p>
        </div>
      ) : (
        turns.map((turn) => <TurnView key={turn.id} conversation={conversation} turn={turn} onAnswer={onAnswer} onAsk={onAsk} />)
      )}
    </FollowingLog>
  );
}
