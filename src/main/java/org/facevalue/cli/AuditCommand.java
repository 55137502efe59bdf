package org.facevalue.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "audit", description = "x")
final class AuditCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}
