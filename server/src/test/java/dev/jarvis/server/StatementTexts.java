package dev.jarvis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the texts of SQL statements come from, read from the compiled classes: a text that is a constant there cannot have
 * anything of a request in it, however the source is written.
 */
final class StatementTexts {
    private static final Set<String> OWNERS = Set.of(
            "org/jdbi/v3/core/Handle", "org/jdbi/v3/core/statement/Batch", "java/sql/Connection", "java/sql/Statement");
    private static final Set<String> TAKE_SQL = Set.of(
            "createQuery",
            "createUpdate",
            "createScript",
            "createCall",
            "prepareBatch",
            "select",
            "execute",
            "add",
            "executeQuery",
            "executeUpdate",
            "addBatch",
            "prepareStatement",
            "prepareCall",
            "nativeSQL");

    private final Set<String> computed = new TreeSet<>();
    private int constant;

    /** Reads every class below these directories. */
    StatementTexts(List<Path> directories) throws IOException {
        for (Path directory : directories) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(file -> file.toString().endsWith(".class")).forEach(this::read);
            }
        }
    }

    /** How many statements have a constant text. */
    int constant() {
        return constant;
    }

    /** The methods with a statement whose text is made or handed in while the program runs, {@code Class.method}. */
    Set<String> computed() {
        return computed;
    }

    private void read(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            String type = model.thisClass().name().stringValue().replaceFirst(".*/", "");
            model.methods().forEach(method -> read(type, method));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String type, MethodModel method) {
        List<Instruction> instructions = new ArrayList<>();
        for (CodeElement element :
                method.code().<Iterable<CodeElement>>map(code -> code).orElse(List.of())) {
            if (element instanceof Instruction instruction) {
                instructions.add(instruction);
            }
        }
        for (int i = 0; i < instructions.size(); i++) {
            if (!(instructions.get(i) instanceof InvokeInstruction call) || !takesSql(call)) {
                continue;
            }
            if (isConstant(instructions.get(textBefore(instructions, i)))) {
                constant++;
            } else {
                computed.add(
                        type + "." + method.methodName().stringValue().replaceFirst("lambda\\$(\\w+)\\$\\d+", "$1"));
            }
        }
    }

    private static boolean takesSql(InvokeInstruction call) {
        return OWNERS.contains(call.owner().name().stringValue())
                && TAKE_SQL.contains(call.name().stringValue())
                && call.type().stringValue().matches("\\(Ljava/lang/(String|CharSequence);.*");
    }

    /** The instruction that pushes the text: before those of an array of arguments, where the call has one. */
    private static int textBefore(List<Instruction> instructions, int call) {
        InvokeInstruction invoked = (InvokeInstruction) instructions.get(call);
        if (invoked.type().stringValue().contains("[Ljava/lang/Object;)")) {
            for (int i = call - 1; i >= 2; i--) {
                if (instructions.get(i) instanceof NewReferenceArrayInstruction) {
                    return i - 2;
                }
            }
        }
        return call - 1;
    }

    private static boolean isConstant(Instruction pushed) {
        return pushed instanceof ConstantInstruction
                || (pushed instanceof FieldInstruction field && field.opcode() == Opcode.GETSTATIC);
    }
}
