import { CopyOutlined, ReloadOutlined, StopOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '@/components/markdown/Markdown';
import { IconAction, useCopy } from '@/components/talk/IconAction';
import { Reasoning } from '@/components/talk/Reasoning';
import { VersionSteps } from '@/components/talk/VersionSteps';
import { stopAnswer } from '../api/answer';
import { changeConversation } from '../model/store';
import { showAnswer, type Answer, type Turn } from '../model/tree';
import { AnswerFacts } from './AnswerFacts';
import { FailureNote } from './FailureNote';

interface Props {
  conversationId: string;
  turn: Turn;
  answer: Answer;
  onRetry?: () => void;
}

export const AnswerView = memo(
  function AnswerView({ conversationId, turn, answer, onRetry }: Props) {
    const { t } = useTranslation(['chat', 'talk']);
    const copy = useCopy();
    const running = answer.state === 'waiting' || answer.state === 'streaming';
    const versions = turn.answers.filter((other) => other.lane === answer.lane);
    return (
      <section className="chat-answer" aria-label={t('answerOf', { model: answer.model })} aria-busy={running}>
        <div className="chat-answer-model">
          {answer.model}
          {answer.state === 'stopped' && <Tag>{t('stopped')}</Tag>}
          {answer.finish === 'length' && <Tag color="warning">{t('cutByLength')}</Tag>}
          {answer.finish === 'content_filter' && <Tag color="warning">{t('filtered')}</Tag>}
        </div>
        {answer.reasoning !== '' && <Reasoning text={answer.reasoning} growing={running && answer.content === ''} />}
        {answer.state === 'waiting' && <span className="chat-dots" role="img" aria-label={t('waiting')} />}
        {answer.content !== '' && <Markdown text={answer.content} growing={running} />}
        {answer.state === 'done' && answer.content === '' && answer.reasoning === '' && <em>{t('empty')}</em>}
        {answer.failure !== null && <FailureNote failure={answer.failure} {...(onRetry === undefined ? {} : { onRetry })} />}
        <div className="talk-actions">
          {running ? (
            <IconAction icon={<StopOutlined />} label={t('talk:stop')} onClick={() => stopAnswer(answer.id)} />
          ) : (
            <>
              <IconAction icon={<CopyOutlined />} label={t('talk:copyAnswer')} onClick={() => copy(answer.content)} disabled={answer.content === ''} />
              {onRetry !== undefined && <IconAction icon={<ReloadOutlined />} label={t('talk:again')} onClick={onRetry} />}
            </>
          )}
          <VersionSteps
            count={versions.length}
            at={versions.indexOf(answer)}
            label={t('talk:answerVersions')}
            onShow={(at) => {
              const version = versions[at];
              if (version !== undefined) {
                changeConversation(conversationId, (before) => showAnswer(before, turn.id, version));
              }
            }}
          />
          <AnswerFacts answer={answer} />
        </div>
      </section>
    );
  },
  (before, after) => before.answer === after.answer && before.turn.answers.length === after.turn.answers.length && (before.onRetry === undefined) === (after.onRetry === undefined) && !isOver(after.answer),
);

/** What is over may be asked for again, by a retry that knows the models of now. */
function isOver(answer: Answer): boolean {
  return answer.state !== 'waiting' && answer.state !== 'streaming';
}
