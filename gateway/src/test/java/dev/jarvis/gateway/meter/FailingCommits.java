package dev.jarvis.gateway.meter;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** A real connection whose commits fail: some before they are done, some after, when only the answer is lost. */
final class FailingCommits {
    private final Connection real;
    private final Random random;
    private int left;
    private int lostAcknowledgements;

    FailingCommits(Connection real, int failures, Random random) {
        this.real = real;
        this.random = random;
        left = failures;
    }

    Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "commit" -> commit();
                    case "close" -> null;
                    default -> call(method, arguments);
                });
    }

    int left() {
        return left;
    }

    int lostAcknowledgements() {
        return lostAcknowledgements;
    }

    private Object commit() throws SQLException {
        boolean fails = left > 0 && random.nextInt(8) > 0;
        if (!fails) {
            real.commit();
            return Void.TYPE;
        }
        left--;
        if (random.nextBoolean()) {
            real.rollback();
            throw new SQLException("could not serialize access", "40001");
        }
        real.commit();
        lostAcknowledgements++;
        throw new SQLException("connection reset", "08006");
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
