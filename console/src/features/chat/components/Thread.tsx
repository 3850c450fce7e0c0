import { DownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Picture, Turn } from '../model/tree';
import { TurnView } from './TurnView';

interface Props {
  conversation: Conversation;
  turns: Turn[];
  busy: boolean;
  onAnswer: (turnId: string, lane: number) => void;
  onAsk: (parent: string | null, text: string, pictures: Picture[]) => void;
}

/** Near enough to the end to follow it. */
const NEAR_PX = 80;

/** What was said. Follows the end while it grows, unless the person scrolled up to read. */
export function Thread({ conversation, turns, busy, onAnswer, onAsk }: Props) {
  const { t } = useTranslation('chat');
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [away, setAway] = useState(false);
  const last = turns.at(-1)?.id;

  const toEnd = () => {
    following.current = true;
    setAway(false);
    if (scroller.current !== null) {
      scroller.current.scrollTop = scroller.current.scrollHeight;
    }
  };
  useEffect(toEnd, [last]);
  useEffect(() => {
    if (content.current === null) {
      return undefined;
    }
    const observer = new ResizeObserver(() => {
      if (following.current && scroller.current !== null) {
        scroller.current.scrollTop = scroller.current.scrollHeight;
      }
    });
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div className="chat-thread-frame">
      <div
        ref={scroller}
        className="chat-thread"
        role="log"
        aria-label={t('messages')}
        aria-busy={busy}
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          following.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < NEAR_PX;
          setAway(!following.current);
        }}
      >
        <div ref={content} className={conversation.models.length > 1 ? 'chat-content chat-content-wide' : 'chat-content'}>
          {turns.length === 0 ? (
            <div className="chat-welcome">
              <h2>{t('welcome')}</h2>
              <p>{t('welcomeText')}</p>
            </div>
          ) : (
            turns.map((turn) => <TurnView key={turn.id} conversation={conversation} turn={turn} onAnswer={onAnswer} onAsk={onAsk} />)
          )}
        </div>
      </div>
      {away && <Button className="chat-to-end" shape="circle" icon={<DownOutlined />} aria-label={t('toEnd')} onClick={toEnd} />}
      <span className="visually-hidden" role="status">
        {busy ? t('answering') : turns.length > 0 ? t('answered') : ''}
      </span>
    </div>
  );
}
