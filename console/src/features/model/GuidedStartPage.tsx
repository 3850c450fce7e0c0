import { Card, Grid, Skeleton, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { PageHeader } from '@/components/PageHeader';
import { DEMO } from '@/lib/callableModels';
import { isLost } from '@/lib/query';
import type { BulkResults } from './api/bulk';
import type { Connection, Discovery, FoundModel } from './api/discover';
import { useProviderPresets, type ProviderPreset } from './api/presets';
import { ChooseStep } from './components/ChooseStep';
import { ConnectStep } from './components/ConnectStep';
import { ProviderTiles } from './components/ProviderTiles';
import { ReadyStep } from './components/ReadyStep';
import { firstToChatWith, unpricedOf } from './start/plan';
import './model.css';
import './start.css';

/** How far somebody has come. The key is in here, so that it leaves the page with the step that needs it. */
type Progress =
  | { step: 'provider' }
  | { step: 'connect'; preset: ProviderPreset | null }
  | { step: 'choose'; preset: ProviderPreset | null; connection: Connection; found: Discovery }
  | { step: 'ready'; results: BulkResults; model: string | undefined; unpriced: number };

const STEPS = ['provider', 'connect', 'choose', 'ready'] as const;

/** From nothing to the first answer: a provider, a key, its models, a key for programs, a chat. */
export function GuidedStartPage() {
  const { t, i18n } = useTranslation('start');
  const phone = Grid.useBreakpoint().md === false;
  const presets = useProviderPresets();
  const [progress, setProgress] = useState<Progress>({ step: 'provider' });
  const begin = () => setProgress({ step: 'provider' });
  const preset = progress.step === 'connect' || progress.step === 'choose' ? progress.preset : null;
  const name = preset === null ? t('provider.other') : i18n.language === 'zh' ? preset.name.zh : preset.name.en;

  const added = (results: BulkResults, models: FoundModel[]) => {
    const ids = results.data.flatMap(({ ok, model_id }) => (ok && model_id !== null ? [model_id] : []));
    setProgress({ step: 'ready', results, model: firstToChatWith(ids, models), unpriced: unpricedOf(ids, models) });
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <LinkButton to="/chat" search={{ model: DEMO }}>
            {t('demo')}
          </LinkButton>
        }
      />
      <Steps
        size="small"
        responsive={false}
        current={STEPS.indexOf(progress.step)}
        items={STEPS.map((step) => ({ title: phone ? '' : t(`step.${step}`) }))}
        style={{ marginBottom: 16, maxWidth: 880 }}
      />
      <Card className="start-card" title={<h2 className="model-section-title">{progress.step === 'connect' || progress.step === 'choose' ? t(`heading.${progress.step}`, { name }) : t(`heading.${progress.step}`)}</h2>}>
        {progress.step === 'provider' &&
          (isLost(presets) ? (
            <ErrorState error={presets.error} retry={() => void presets.refetch()} />
          ) : presets.data === undefined ? (
            <Skeleton active />
          ) : (
            <ProviderTiles presets={presets.data} onPick={(picked) => setProgress({ step: 'connect', preset: picked })} />
          ))}
        {progress.step === 'connect' && (
          <ConnectStep preset={progress.preset} onBack={begin} onConnected={(connection, found) => setProgress({ step: 'choose', preset: progress.preset, connection, found })} />
        )}
        {progress.step === 'choose' && (
          <ChooseStep connection={progress.connection} found={progress.found} onAdded={added} onBack={() => setProgress({ step: 'connect', preset: progress.preset })} />
        )}
        {progress.step === 'ready' && <ReadyStep results={progress.results} model={progress.model} unpriced={progress.unpriced} onMore={begin} />}
      </Card>
    </>
  );
}
