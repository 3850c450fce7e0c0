package dev.jarvis.engine.tool;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An arithmetic expression, read from left to right and calculated as it is read. Numbers, depth and length are bounded. */
final class Expression {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_DIGITS = 1_000;
    private static final int MAX_EXPONENT = 10_000;

    private final String text;
    private int at;
    private int depth;

    private Expression(String text) {
        this.text = text;
    }

    /** @throws ArithmeticException if it is no expression, or has no value of reasonable size */
    static String evaluate(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ArithmeticException("the expression is longer than " + MAX_LENGTH + " characters");
        }
        Expression expression = new Expression(text);
        BigDecimal value = expression.sum();
        if (expression.peek() != 0) {
            throw expression.unexpected();
        }
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return plain.toPlainString();
    }

    private BigDecimal sum() {
        BigDecimal value = product();
        while (true) {
            if (take('+')) {
                value = bounded(value.add(product()));
            } else if (take('-')) {
                value = bounded(value.subtract(product()));
            } else {
                return value;
            }
        }
    }

    private BigDecimal product() {
        BigDecimal value = signed();
        while (true) {
            if (take('*') || take('×')) {
                value = bounded(value.multiply(signed()));
            } else if (take('/') || take('÷')) {
                BigDecimal divisor = nonZero(signed());
                value = value.divide(divisor, MathContext.DECIMAL128);
            } else if (take('%')) {
                BigDecimal divisor = nonZero(signed());
                value = value.remainder(divisor);
            } else {
                return value;
            }
        }
    }

    private BigDecimal signed() {
        if (take('-')) {
            return deeper(this::signed).negate();
        }
        if (take('+')) {
            return deeper(this::signed);
        }
        return power();
    }

    private BigDecimal power() {
        BigDecimal base = operand();
        if (!take('^')) {
            return base;
        }
        BigDecimal exponent = deeper(this::signed);
        int whole;
        try {
            whole = exponent.intValueExact();
        } catch (ArithmeticException e) {
            throw new ArithmeticException("an exponent must be a whole number");
        }
        if (Math.abs(whole) > MAX_EXPONENT || (long) Math.abs(whole) * base.precision() > MAX_DIGITS * 10L) {
            throw tooLarge();
        }
        return whole >= 0
                ? bounded(base.pow(whole))
                : BigDecimal.ONE.divide(bounded(nonZero(base).pow(-whole)), MathContext.DECIMAL128);
    }

    private BigDecimal operand() {
        char next = peek();
        if (take('(')) {
            BigDecimal value = deeper(this::sum);
            expect(')');
            return value;
        }
        if (next >= 'a' && next <= 'z') {
            return function();
        }
        return number();
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!digits.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
            at = from;
            throw unexpected();
        }
        return new BigDecimal(digits);
    }

    private BigDecimal function() {
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(from, at);
        expect('(');
        List<BigDecimal> values = new ArrayList<>();
        do {
            values.add(deeper(this::sum));
        } while (take(','));
        expect(')');
        return call(name, values);
    }

    private static BigDecimal call(String name, List<BigDecimal> values) {
        BigDecimal first = values.getFirst();
        return switch (name + values.size()) {
            case "sqrt1" -> {
                if (first.signum() < 0) {
                    throw new ArithmeticException("a negative number has no square root");
                }
                yield first.sqrt(MathContext.DECIMAL128);
            }
            case "abs1" -> first.abs();
            case "round1" -> first.setScale(0, RoundingMode.HALF_UP);
            case "round2" -> first.setScale(places(values.get(1)), RoundingMode.HALF_UP);
            default ->
                switch (name) {
                    case "min" -> values.stream().min(BigDecimal::compareTo).orElseThrow();
                    case "max" -> values.stream().max(BigDecimal::compareTo).orElseThrow();
                    default ->
                        throw new ArithmeticException("there is no function '" + name + "' of that many numbers");
                };
        };
    }

    private static int places(BigDecimal value) {
        if (value.compareTo(BigDecimal.ZERO) < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new ArithmeticException("places must be from 0 to 100");
        }
        return value.intValue();
    }

    private BigDecimal deeper(Supplier<BigDecimal> rest) {
        if (++depth > MAX_DEPTH) {
            throw new ArithmeticException("it is nested too deeply");
        }
        try {
            return rest.get();
        } finally {
            depth--;
        }
    }

    private static BigDecimal nonZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        return divisor;
    }

    private static BigDecimal bounded(BigDecimal value) {
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw tooLarge();
        }
        return value;
    }

    private static ArithmeticException tooLarge() {
        return new ArithmeticException("the number is too large");
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw unexpected();
        }
    }

    private ArithmeticException unexpected() {
        char next = peek();
        return new ArithmeticException(
                next == 0 ? "it ends too early" : "'" + next + "' is not expected at position " + (at + 1));
    }
}
