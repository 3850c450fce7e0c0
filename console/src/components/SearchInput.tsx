import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';

interface Props {
  value: string | undefined;
  onSearch: (value: string | undefined) => void;
  label: string;
  width?: number;
}

/** Searches while one types, a moment after the last letter. */
export function SearchInput({ value, onSearch, label, width = 260 }: Props) {
  const [typed, setTyped] = useState(value ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);
  // Follows the address, but not back to what was asked for a moment ago while somebody types on.
  useEffect(() => {
    if (value !== asked.current) {
      asked.current = value;
      setTyped(value ?? '');
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (text: string) => {
    clearTimeout(timer.current);
    const next = text.trim() === '' ? undefined : text.trim();
    if (next !== value) {
      asked.current = next;
      onSearch(next);
    }
  };
  return (
    <Input
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      value={typed}
      placeholder={label}
      aria-label={label}
      maxLength={200}
      style={{ width, maxWidth: '100%' }}
      onChange={(event) => {
        const { value: text } = event.target;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => search(text), 300);
      }}
      onPressEnter={() => search(typed)}
    />
  );
}
