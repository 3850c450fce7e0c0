import { useNavigate } from '@tanstack/react-router';
import { App, Button, Tag, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';
import { PriceDrawer } from '@/components/price/PriceDrawer';
import { RateCardTable } from '@/components/price/RateCardTable';
import { asApiError } from '@/lib/errors';
import { isWhole } from '@/lib/rateCard';
import { useChangeModel } from './api/changeModel';
import { readModel, type Model } from './api/models';
import { useOutages } from './api/outages';
import { useTestChanged } from './api/testModel';
import { ConflictAlert } from './components/ConflictAlert';
import { ModelForm } from './components/ModelForm';
import { ModelMenu } from './components/ModelMenu';
import { PricesSection } from './components/PricesSection';
import { SaveBar } from './components/SaveBar';
import { TestButton } from './components/TestButton';
import { TestVerdict } from './components/TestVerdict';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { changeTrials, difference, merged, valuesOf } from './form/mapping';
import { useModelForm, validated } from './form/useModelForm';

/** A model that is there. What somebody else saved meanwhile is shown, and never overwritten unseen. */
export function EditModel({ model }: { model: Model }) {
  const { t } = useTranslation('model');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const state = useModelForm(valuesOf(model));
  const [version, setVersion] = useState(model.version);
  const [newer, setNewer] = useState<Model | null>(null);
  const changing = useChangeModel();
  const testing = useTestChanged(model.id);
  const live = useOutages();
  const [pricing, setPricing] = useState(false);
  const { follow } = state;
  // A price from the drawer is a version of its own, not a version of the model: the form's simple price follows it.
  useEffect(() => {
    if (model.version === version) {
      const { input_price, output_price, currency } = valuesOf(model);
      follow({ input_price, output_price, currency });
    }
  }, [model, version, follow]);
  // The page asks again all the time; a higher version than the one that the form began with is somebody else's.
  const theirs = newer !== null && newer.version > model.version ? newer : model.version > version ? model : null;

  const begin = (next: Model, shown = valuesOf(next)) => {
    setVersion(next.version);
    setNewer(null);
    state.begin(valuesOf(next), shown);
  };
  const save = () =>
    changing.mutate(
      { id: model.id, version, fields: difference(state.base, state.read()) },
      {
        onSuccess: (saved) => {
          begin(saved);
          message.success(t('form.saved'));
        },
        onError: (error) => {
          if (asApiError(error).code === 'version_conflict') {
            void readModel(model.id).then(setNewer, state.refuse);
          } else {
            state.refuse(error);
          }
        },
      },
    );
  const test = () => void validated(state.form).then((valid) => valid && testing.mutate(changeTrials(state.base, state.read()), { onError: state.refuse }));
  return (
    <>
      <UnsavedGuard isDirty={state.isDirty} />
      <PageHeader
        title={
          <>
            <span className="break-anywhere">{model.name}</span>{' '}
            {model.warnings.map(({ code }) => (
              <Tooltip key={code} title={t(`warning.${code}Help`)}>
                <Tag color="warning">{t(`warning.${code}`)}</Tag>
              </Tooltip>
            ))}
          </>
        }
        description={<code className="break-anywhere">{model.model_id}</code>}
        actions={<ModelMenu model={model} onDeleted={() => void navigate({ to: '/admin/models' })} />}
      />
      {theirs !== null && !changing.isPending && (
        <ConflictAlert
          base={state.base}
          mine={state.read()}
          theirs={valuesOf(theirs)}
          onTake={() => begin(theirs)}
          onMerge={() => begin(theirs, merged(state.base, state.read(), valuesOf(theirs)))}
        />
      )}
      <ModelForm
        form={state.form}
        model={model}
        initial={state.base}
        providers={live.data?.providers ?? []}
        prices={
          <PricesSection
            whole={isWhole(model.price) && model.price !== null ? <RateCardTable card={model.price} /> : null}
            isNew={false}
            extra={<Button onClick={() => setPricing(true)}>{t('form.rateCard')}</Button>}
          />
        }
        error={state.fault}
        onTouched={() => {
          state.touched();
          testing.reset(); // it was about other settings
        }}
        onSubmit={save}
        bar={
          <SaveBar
            dirty={state.dirty}
            busy={changing.isPending}
            isNew={false}
            extra={
              state.dirty ? (
                <TestVerdict testing={testing} label={t('test.changed', { name: model.name })} name={model.name} onTest={test} size="middle" />
              ) : (
                <TestButton id={model.id} name={model.name} size="middle" />
              )
            }
            onCancel={() => void navigate({ to: '/admin/models' })}
          />
        }
      />
      <PriceDrawer model={model} open={pricing} onClose={() => setPricing(false)} />
    </>
  );
}
