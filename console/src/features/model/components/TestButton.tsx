import { useTranslation } from 'react-i18next';
import { useTestModel } from '../api/testModel';
import { TestVerdict } from './TestVerdict';

/** Sends one tiny call to the provider of a model that is saved. */
export function TestButton({ id, name, keyId, disabled = false, size = 'small' }: { id: string; name: string; keyId?: string; disabled?: boolean; size?: 'small' | 'middle' }) {
  const { t } = useTranslation('model');
  const testing = useTestModel();
  return (
    <TestVerdict
      testing={testing}
      label={t('test.label', { name })}
      name={name}
      onTest={() => testing.mutate({ id, ...(keyId === undefined ? {} : { keyId }) })}
      disabled={disabled}
      size={size}
    />
  );
}
