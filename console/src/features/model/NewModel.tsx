import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';
import { useCreateModel } from './api/changeModel';
import { useOutages } from './api/outages';
import { useTestUnsaved } from './api/testModel';
import { ModelForm } from './components/ModelForm';
import { PricesSection } from './components/PricesSection';
import { SaveBar } from './components/SaveBar';
import { TestVerdict } from './components/TestVerdict';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { creation, trials } from './form/mapping';
import { useModelForm, validated } from './form/useModelForm';
import type { ModelValues } from './form/values';

/** A model by hand, or as a copy of another one. */
export function NewModel({ initial }: { initial: ModelValues }) {
  const { t } = useTranslation('model');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const state = useModelForm(initial);
  const creating = useCreateModel();
  const testing = useTestUnsaved();
  const live = useOutages();

  const test = () => void validated(state.form).then((valid) => valid && testing.mutate(trials(state.read()), { onError: state.refuse }));
  const save = () =>
    creating.mutate(creation(state.read()), {
      onSuccess: (model) => {
        state.release();
        message.success(t('form.created', { name: model.name }));
        void navigate({ to: '/admin/models/$id', params: { id: model.id } });
      },
      onError: state.refuse,
    });
  return (
    <>
      <UnsavedGuard isDirty={state.isDirty} />
      <PageHeader title={t('form.newTitle')} description={t('form.newText')} />
      <ModelForm
        form={state.form}
        model={null}
        initial={initial}
        providers={live.data?.providers ?? []}
        prices={<PricesSection whole={null} isNew />}
        error={state.fault}
        onTouched={() => {
          state.touched();
          testing.reset(); // it was about other settings
        }}
        onSubmit={save}
        bar={
          <SaveBar
            dirty={state.dirty}
            busy={creating.isPending}
            isNew
            extra={<TestVerdict testing={testing} label={t('test.unsaved')} name={state.read().name || t('form.newTitle')} onTest={test} size="middle" />}
            onCancel={() => void navigate({ to: '/admin/models' })}
          />
        }
      />
    </>
  );
}
