import { useTranslation } from 'react-i18next';
import { Markdown } from '@/components/markdown/Markdown';

/** What a model thought before it answered, folded away. */
export function Reasoning({ text, growing = false }: { text: string; growing?: boolean }) {
  const { t } = useTranslation('talk');
  return (
    <details className="talk-reasoning">
      <summary>{t(growing ? 'thinking' : 'reasoning')}</summary>
      <div className="talk-reasoning-text">
        <Markdown text={text} growing={growing} />
      </div>
    </details>
  );
}
