import { InputNumber, type InputNumberProps } from 'antd';

/** A positive whole number with its thousands set apart, or none. */
export function TokensInput(props: Pick<InputNumberProps<number>, 'id' | 'value' | 'onChange' | 'placeholder'>) {
  return (
    <InputNumber<number>
      {...props}
      min={1}
      max={2_147_483_647}
      precision={0}
      style={{ width: '100%' }}
      formatter={(value) => (value === undefined || value === null ? '' : String(value).replace(/\B(?=(\d{3})+$)/g, ','))}
      parser={(text) => Number((text ?? '').replace(/\D/g, ''))}
    />
  );
}
