import { Col, Row } from 'antd';
import { useTranslation } from 'react-i18next';
import { RATE_CLASSES } from '@/lib/rateCard';
import { AmountItem } from './AmountItem';

/** One amount for each class of tokens. `path` is where they lie in the form, `line` what comes before in a list's own names. */
export function RatesFields({ path }: { path: (string | number)[] }) {
  const { t } = useTranslation('ratecard');
  return (
    <Row gutter={12}>
      {RATE_CLASSES.map((name) => (
        <Col key={name} xs={12} sm={8}>
          <AmountItem name={[...path, name]} label={t(`class.${name}`)} required={name === 'input' || name === 'output'} />
        </Col>
      ))}
    </Row>
  );
}
