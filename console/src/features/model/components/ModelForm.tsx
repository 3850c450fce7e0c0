import { Alert, Anchor, Form, Grid, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import type { Model } from '../api/models';
import type { ModelValues } from '../form/values';
import { ConnectionSection } from './ConnectionSection';
import { InformationSection } from './InformationSection';
import { KeysSection } from './KeysSection';
import { LimitsSection } from './LimitsSection';
import { ParametersSection } from './ParametersSection';

interface Props {
  form: FormInstance<ModelValues>;
  /** As it is on the server now, with its keys' health; null for a new model. */
  model: Model | null;
  initial: ModelValues;
  providers: string[];
  prices: ReactNode;
  bar: ReactNode;
  /** A refusal that belongs to no field. */
  error: unknown;
  onTouched: () => void;
  onSubmit: () => void;
}

const SECTIONS = ['information', 'connection', 'keys', 'parameters', 'prices', 'limits'] as const;

/** All that an administrator sets of a model, in the order in which one thinks of it. */
export function ModelForm({ form, model, initial, providers, prices, bar, error, onTouched, onSubmit }: Props) {
  const { t } = useTranslation('model');
  const textOf = useErrorText();
  const wide = Grid.useBreakpoint().xl === true;
  const builtIn = model?.built_in === true;
  return (
    <div className="model-form">
      <Form<ModelValues>
        form={form}
        layout="vertical"
        initialValues={initial}
        scrollToFirstError={{ block: 'center', focus: true }}
        autoComplete="off"
        onValuesChange={onTouched}
        onFinish={onSubmit}
        className="model-form-sections"
      >
        {error !== null && error !== undefined && <Alert type="error" showIcon title={textOf(error)} />}
        {builtIn && <Alert type="info" showIcon title={t('form.builtIn')} />}
        <InformationSection providers={providers} builtIn={builtIn} />
        <ConnectionSection before={model === null ? null : initial} builtIn={builtIn} />
        {!builtIn && <KeysSection model={model} />}
        <ParametersSection />
        {prices}
        <LimitsSection />
        {bar}
      </Form>
      {wide && (
        <Anchor
          className="model-form-anchor"
          offsetTop={80}
          targetOffset={72}
          replace
          items={SECTIONS.filter((key) => !builtIn || key !== 'keys').map((key) => ({ key, href: `#${key}`, title: t(`form.${key}`) }))}
        />
      )}
    </div>
  );
}
