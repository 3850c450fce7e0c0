import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { amountOf, isAmount } from '@/lib/rateCard';

/** A field for an exact amount; it stays text. */
export function AmountItem({ name, label, required = false }: { name: (string | number)[]; label: string; required?: boolean }) {
  const { t } = useTranslation('ratecard');
  return (
    <Form.Item
      name={name}
      label={label}
      required={required}
      rules={[
        {
          validator: (_, value?: string) => {
            if (required && amountOf(value) === null) {
              return Promise.reject(new Error(t('amountMissing')));
            }
            return isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('amountInvalid')));
          },
        },
      ]}
    >
      <Input inputMode="decimal" className="numbers" />
    </Form.Item>
  );
}
