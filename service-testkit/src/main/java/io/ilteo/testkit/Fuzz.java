package io.ilteo.testkit;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Random;

/** Requests that nobody meant: valid messages of absurd values, damaged ones, and plain noise. */
final class Fuzz {
  private static final int DEPTH = 4;
  private static final List<String> TEXTS =
      List.of(
          "",
          "studies/1",
          "studies/-1",
          "studies/99999999999999999999",
          "studies/1/trials/1/attempts/1",
          "panels/0123456789abcdef",
          "models/wage/versions/1",
          "models/satisfaction/aliases/champion",
          "candidates/00000000-0000-0000-0000-000000000000",
          "wage",
          "klips-long",
          "'; --",
          "일터",
          "\0",
          "../..");
  private static final double[] NUMBERS = {
    0, -0.0, 1, -1, 1e308, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };
  private static final long[] INTEGERS = {0, 1, -1, 2, 1000, Integer.MAX_VALUE, Long.MIN_VALUE};

  private Fuzz() {}

  /** A body for {@code method}; the same for the same state of {@code random}. */
  static byte[] body(MethodDescriptor<?, ?> method, Random random) {
    Descriptor input =
        ((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor())
            .getMethodDescriptor()
            .getInputType();
    if (random.nextInt(8) == 0) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] body = message(input, random, DEPTH).toByteArray();
    if (body.length > 0 && random.nextInt(3) == 0) {
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return body;
  }

  private static Message message(Descriptor type, Random random, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if ((nested && depth == 0) || random.nextInt(3) == 0) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = random.nextInt(3); i > 0; i--) {
          message.addRepeatedField(field, value(field, random, depth));
        }
      } else {
        message.setField(field, value(field, random, depth));
      }
    }
    return message.build();
  }

  private static Object value(FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case BOOLEAN -> random.nextBoolean();
      case BYTE_STRING -> com.google.protobuf.ByteString.copyFromUtf8(text(random));
      case DOUBLE -> NUMBERS[random.nextInt(NUMBERS.length)];
      case FLOAT -> (float) NUMBERS[random.nextInt(NUMBERS.length)];
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case INT -> (int) INTEGERS[random.nextInt(INTEGERS.length)];
      case LONG -> INTEGERS[random.nextInt(INTEGERS.length)];
      case STRING -> text(random);
      case MESSAGE -> message(field.getMessageType(), random, depth - 1);
    };
  }

  private static String text(Random random) {
    return random.nextInt(20) == 0 ? "x".repeat(5_000) : TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
