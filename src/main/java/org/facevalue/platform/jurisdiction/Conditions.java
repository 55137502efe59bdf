package org.facevalue.platform.jurisdiction;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/**
 * Conditions of rules: CEL expressions over {@link Fact} that give yes or no. They end: there is no loop but {@code exists} and {@code all} over a list
 * that a fact gives or that stands in the expression, and no more turns of it than a hundred.
 */
final class Conditions {
    static final int LONGEST = 600;
    private static final int MOST_TURNS = 100;
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(32)
                    .comprehensionMaxIterations(MOST_TURNS)
                    .build();
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private Conditions() {}

    private static CelCompiler compiler() {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.EXISTS, CelStandardMacro.ALL)
                        .setResultType(SimpleType.BOOL);
        for (var fact : Fact.values()) builder.addVar(fact.word(), fact.type());
        builder.addVar("figure", MapType.create(SimpleType.STRING, SimpleType.INT));
        return builder.build();
    }

    /** One of them, ready to be asked. */
    interface Condition {
        /** @throws CelEvaluationException when a fact is missing, or it costs too much */
        boolean holds(Map<String, ?> facts) throws CelEvaluationException;
    }

    /**
     * Compiles one.
     *
     * @throws CelValidationException when it is no such expression; the message names the place
     */
    static Condition of(String expression) throws CelValidationException {
        try {
            var program = RUNTIME.createProgram(COMPILER.compile(expression).getAst());
            return facts -> {
                // What needs a fact that nobody knows is neither yes nor no.
                if (program.eval(facts) instanceof Boolean answer) return answer;
                throw new CelEvaluationException("a fact is missing");
            };
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression cannot be run", e);
        }
    }
}
