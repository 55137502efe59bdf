package org.facevalue.story;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Where the threads of a process are, in a mapped file that outlives it: how many are inside a transaction, how many of them in its commit, and how
 * many have made a call whose outcome is not recorded yet. Who kills the process reads what the kill has hit.
 */
final class Whereabouts {
    private static final int BYTES = 64;
    private static final int IN_A_TRANSACTION = 0;
    private static final int CALLED = 8;
    private static final int IN_A_COMMIT = 16;
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private final MappedByteBuffer file;
    private final ThreadLocal<Boolean> called = ThreadLocal.withInitial(() -> false);

    private Whereabouts(MappedByteBuffer file) {
        this.file = file;
    }

    static Whereabouts in(Path path) throws IOException {
        try (var channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return new Whereabouts(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** Of a process that begins: nobody is anywhere. */
    void clear() {
        INT.setVolatile(file, IN_A_TRANSACTION, 0);
        INT.setVolatile(file, CALLED, 0);
        INT.setVolatile(file, IN_A_COMMIT, 0);
    }

    int inATransaction() {
        return (int) INT.getVolatile(file, IN_A_TRANSACTION);
    }

    /** Between the word to commit and its answer. */
    int inACommit() {
        return (int) INT.getVolatile(file, IN_A_COMMIT);
    }

    int calledAndNotRecorded() {
        return (int) INT.getVolatile(file, CALLED);
    }

    private void add(int where, int n) {
        INT.getAndAdd(file, where, n);
    }

    /** A call of this thread has come back. */
    void called() {
        if (called.get()) return;
        called.set(true);
        add(CALLED, 1);
    }

    private void recorded() {
        if (!called.get()) return;
        called.set(false);
        add(CALLED, -1);
    }

    DataSource watched(DataSource database) {
        return (DataSource)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) -> {
                            try {
                                var result = method.invoke(database, arguments);
                                return result instanceof Connection connection
                                        ? watched(connection)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Connection watched(Connection connection) {
        var open = new boolean[1];
        return (Connection)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            var name = method.getName();
                            if (name.equals("setAutoCommit") && arguments[0].equals(false)) {
                                open[0] = true;
                                add(IN_A_TRANSACTION, 1);
                            }
                            boolean commits = name.equals("commit");
                            if (commits) add(IN_A_COMMIT, 1);
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            } finally {
                                if (commits) add(IN_A_COMMIT, -1);
                                boolean over =
                                        commits || name.equals("rollback") || name.equals("close");
                                if (over && open[0]) {
                                    open[0] = false;
                                    add(IN_A_TRANSACTION, -1);
                                    recorded();
                                }
                            }
                        });
    }
}
