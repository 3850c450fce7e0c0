import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Step } from '../api/run';
import { StepCard } from './StepCard';
import './timeline.css';

/** The steps of a run along its time; each bar shows when it went on and for how long. */
export function Timeline({ steps, began }: { steps: Step[]; began: string }) {
  const { t } = useTranslation('run');
  const start = new Date(began).getTime();
  const end = Math.max(start + 1, ...steps.map((step) => new Date(step.ended_at ?? step.started_at).getTime()));
  const share = (iso: string | null) => (iso === null ? 1 : Math.min(1, Math.max(0, (new Date(iso).getTime() - start) / (end - start))));
  return (
    <Card title={<h2 className="card-title">{t('timeline')}</h2>}>
      {steps.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noSteps')} />}
      <ol className="timeline">
        {steps.map((step) => (
          <StepCard key={step.number} step={step} from={share(step.started_at)} to={share(step.ended_at)} />
        ))}
      </ol>
    </Card>
  );
}
