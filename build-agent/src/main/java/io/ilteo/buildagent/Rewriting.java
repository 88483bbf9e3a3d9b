package io.ilteo.buildagent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the agent changes in classes of Quarkus's builder and of the JDK's collections. */
final class Rewriting implements ClassFileTransformer {
  private static final List<String> BUILDER =
      List.of("io/quarkus/builder/Execution", "io/quarkus/builder/BuildContext");

  /** {@code Set.of} and {@code Map.of} begin their walk at a place that each JVM draws. */
  static final List<String> SALTED =
      List.of(
          "java.util.ImmutableCollections$Set12",
          "java.util.ImmutableCollections$Set12$1",
          "java.util.ImmutableCollections$SetN$SetNIterator",
          "java.util.ImmutableCollections$MapN$MapNIterator");

  /** Any will do, as long as it is always the same. */
  private static final long SALT = 0x1_1770L;

  private static final ClassDesc STEPS = ClassDesc.of(Steps.class.getName());
  private static final MethodTypeDesc ADD =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ClassDesc.of(Executor.class.getName()),
          ClassDesc.of(Runnable.class.getName()));
  private static final MethodTypeDesc RUN_NEXT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    return name != null && BUILDER.contains(name)
        ? rewritten(classFile, Rewriting::inOneThread)
        : null;
  }

  /** One of {@link #SALTED} that always begins at the same place. */
  static byte[] withoutSalt(byte[] classFile) {
    return rewritten(classFile, Rewriting::withoutSalt);
  }

  private static byte[] rewritten(byte[] classFile, CodeTransform change) {
    ClassFile format = ClassFile.of();
    return format.transformClass(
        format.parse(classFile), ClassTransform.transformingMethodBodies(change));
  }

  private static void inOneThread(CodeBuilder code, CodeElement element) {
    if (calls(element, "org/jboss/threads/EnhancedQueueExecutor", "execute")) {
      code.invokestatic(STEPS, "add", ADD);
    } else if (calls(element, "java/util/concurrent/locks/LockSupport", "park")) {
      code.invokestatic(STEPS, "runNext", RUN_NEXT);
    } else {
      code.with(element);
    }
  }

  private static boolean calls(CodeElement element, String owner, String method) {
    return element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals(owner)
        && call.name().equalsString(method);
  }

  private static void withoutSalt(CodeBuilder code, CodeElement element) {
    if (reads(element, "SALT32L")) {
      code.loadConstant(SALT);
    } else if (reads(element, "REVERSE")) {
      code.loadConstant(0);
    } else {
      code.with(element);
    }
  }

  private static boolean reads(CodeElement element, String field) {
    return element instanceof FieldInstruction access
        && access.opcode() == Opcode.GETSTATIC
        && access.name().equalsString(field);
  }
}
