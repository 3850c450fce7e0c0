package dev.jarvis.platform.notice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One listener with a thread of its own, so that a slow one delays nobody else. Notices that wait are a set: what changed
 * twice meanwhile is told once, and so the set is bounded by what there is to change.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final String topic;
    private final Notices.Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Thread thread;

    Subscription(String topic, Notices.Listener listener) {
        this.topic = topic;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("notices-" + topic).start(this::deliver);
    }

    String topic() {
        return topic;
    }

    void tell(String subject) {
        lock.lock();
        try {
            waiting.add(subject);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        thread.interrupt();
    }

    private void deliver() {
        try {
            while (true) {
                String subject = next();
                try {
                    listener.changed(subject);
                } catch (RuntimeException e) {
                    LOG.error("A listener to changes of '{}' failed", topic, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                arrived.await();
            }
            String subject = waiting.iterator().next();
            waiting.remove(subject);
            return subject;
        } finally {
            lock.unlock();
        }
    }
}
