package io.webchat.examples.server.clock;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Makes webchat's classes ask {@link ShiftedTime} wherever they ask the system for the time of day. */
final class AskShiftedTime implements ClassFileTransformer {
    private static final String OWN = "io/webchat/";
    private static final String INSTEAD = ShiftedTime.class.getName().replace('.', '/');
    private static final String NOT_THESE = INSTEAD.substring(0, INSTEAD.lastIndexOf('/'));

    /** What is asked, and which method of {@link ShiftedTime} stands in for it; both take nothing. */
    private static final Map<String, String> ASKED = Map.of(
            "java/lang/System.currentTimeMillis()J", "millis",
            "java/time/Clock.systemUTC()Ljava/time/Clock;", "utc",
            "java/time/Instant.now()Ljava/time/Instant;", "now");

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] code) {
        if (name == null || !name.startsWith(OWN) || name.startsWith(NOT_THESE)) {
            return null;
        }
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Methods(writer), 0);
        return writer.toByteArray();
    }

    private static final class Methods extends ClassVisitor {
        Methods(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, @Nullable String signature, String @Nullable [] thrown) {
            return new Calls(super.visitMethod(access, name, type, signature, thrown));
        }
    }

    private static final class Calls extends MethodVisitor {
        Calls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            String instead = ASKED.get(owner + "." + name + type);
            if (instead == null) {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
            } else {
                super.visitMethodInsn(opcode, INSTEAD, instead, type, false);
            }
        }
    }
}
