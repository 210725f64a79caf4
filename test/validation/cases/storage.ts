import { badOne, one, RuleCases, service } from './case';
import { Mount } from '../../../src/model/mount';

export const STORAGE_CASES: RuleCases[] = [
  {
    ruleId: 'PS012',
    bad: [
      badOne('sizes that cannot be read', { resources: { memory: '1.5 GiB', reservedMemory: 'much' }, shmSize: '64MiB' }, [
        'error PS012 at shop/stack/app: shmSize "64MiB" is not a size: a whole number with b, k, m or g. Write: shmSize: \'64M\'.',
        'error PS012 at shop/stack/app: memory "1.5 GiB" is not a size: a whole number with b, k, m or g. Write: memory: \'1536M\'.',
        'error PS012 at shop/stack/app: reservedMemory "much" is not a size: a whole number with b, k, m or g. Write: reservedMemory: \'256M\'.',
      ]),
      badOne('a tmpfs', { mounts: [Mount.tmpfs('/tmp', { size: '10 MB', fileMode: '999' })] }, [
        'error PS012 at shop/stack/app: The size of the mount /tmp: "10 MB" is not a size: a whole number with b, k, m or g. Write: size: \'10M\'.',
        'error PS012 at shop/stack/app: The fileMode "999" of the mount /tmp is not three or four octal digits. Write: fileMode: \'1777\'.',
      ]),
      badOne('a reservation above its limit', { resources: { cpus: 1, reservedCpus: 2, memory: '256M', reservedMemory: '1G' } }, [
        'error PS012 at shop/stack/app: reservedMemory "1G" is more than memory "256M". Write: reservedMemory: \'256M\' or less.',
        'error PS012 at shop/stack/app: reservedCpus 2 is more than cpus 1. Write: reservedCpus: 1 or less.',
      ]),
      badOne('numbers', { resources: { cpus: 0, pids: 1.5 }, production: { resources: { reservedCpus: NaN } } }, [
        'error PS012 at shop/stack/app: cpus 0 is not a number from 0.01 up. Write: cpus: 0.5.',
        'error PS012 at shop/stack/app: pids 1.5 is not a whole number from 1. Write: pids: 512.',
        'error PS012 at shop/stack/app: In production, reservedCpus NaN is not a number from 0.01 up. Write: reservedCpus: 0.5.',
      ]),
      badOne('too little and too much', { resources: { memory: '1M' }, shmSize: '0', production: { shmSize: '99999999999G' } }, [
        'error PS012 at shop/stack/app: In development, shmSize "0" is zero. Write: shmSize: \'256M\'.',
        'error PS012 at shop/stack/app: memory "1M" is less than the engine takes (6M). Write: memory: \'64M\'.',
        'error PS012 at shop/stack/app: In production, shmSize "99999999999G" is more than any machine has. Write: shmSize: \'256M\'.',
      ]),
    ],
    good: [
      one('what Compose reads', { resources: { cpus: 0.5, reservedCpus: 0.25, memory: '512M', reservedMemory: '512mb', pids: 100 }, shmSize: '1g', mounts: [Mount.tmpfs('/tmp', { size: '64m', fileMode: '1777' })] }),
      one('no limit, said in the engine\'s words', { resources: { memory: '0' } }),
    ],
  },
  {
    ruleId: 'PS019',
    bad: [
      badOne('one letter', { mounts: [Mount.volume('data', '/a', { volumeName: 'c' })] }, [
        'error PS019 at shop/stack/app: volumeName "c" is one character, which Compose takes for a Windows drive. Write: \'app_c\'.',
      ]),
      badOne('characters', { mounts: [Mount.volume('my data', '/a'), Mount.volume('', '/b'), Mount.volume('x', '/c', { volumeName: '.hidden' }), Mount.config('a/b', '/d', '')] }, [
        'error PS019 at shop/stack/app: The mount name "my data" is not made of letters, digits, "_", "." and hyphens, a letter or digit first. Write: \'my_data\'.',
        'error PS019 at shop/stack/app: The mount name "" is not made of letters, digits, "_", "." and hyphens, a letter or digit first. Write: \'data\'.',
        'error PS019 at shop/stack/app: volumeName ".hidden" is not made of letters, digits, "_", "." and hyphens, a letter or digit first. Write: \'hidden\'.',
        'error PS019 at shop/stack/app: The mount name "a/b" is not made of letters, digits, "_", "." and hyphens, a letter or digit first. Write: \'a_b\'.',
      ]),
      badOne('one volume twice', { mounts: [Mount.volume('data', '/a'), Mount.volume('data', '/b')] }, [
        'error PS019 at shop/stack/app: The mounts /a (shop/stack/app) and /b both have the volume "app_data". Write: another name for one of them, or the same volumeName on both to share the data.',
      ]),
      badOne('one config with two texts', { mounts: [Mount.config('conf', '/a', '1'), Mount.config('conf', '/b', '2')] }, [
        'error PS019 at shop/stack/app: The mounts /a (shop/stack/app) and /b both have the config "app_conf". Write: another name for one of them.',
      ]),
    ],
    good: [
      one('a letter, which the service\'s name precedes', { mounts: [Mount.volume('d', '/d')] }),
      {
        name: 'a volume that two services share',
        define: (stack) => {
          service(stack, 'a', { mounts: [Mount.volume('up', '/up', { volumeName: 'uploads' })] });
          service(stack, 'b', { mounts: [Mount.volume('up', '/up', { volumeName: 'uploads' }), Mount.volume('a', '/a', { volumeName: 'c_data' })] });
          service(stack, 'c', { mounts: [Mount.volume('data', '/data')] });
        },
      },
    ],
  },
  {
    ruleId: 'PS020',
    bad: [
      badOne('targets that are no absolute path', { mounts: [Mount.volume('a', 'data'), Mount.volume('b', './x/../y'), Mount.volume('c', 'C:\\data')] }, [
        'error PS020 at shop/stack/app: The mount target "data" is not an absolute path of the container. Write: \'/data\'.',
        'error PS020 at shop/stack/app: The mount target "./x/../y" is not an absolute path of the container. Write: \'/y\'.',
        'error PS020 at shop/stack/app: The mount target "C:\\\\data" is not an absolute path of the container. Write: \'/data\'.',
      ]),
      badOne('the root', { mounts: [Mount.volume('a', '/'), Mount.tmpfs('/x/..')] }, [
        'error PS020 at shop/stack/app: The mount target "/" is the root of the container. Write: the folder that is meant, such as \'/data\'.',
        'error PS020 at shop/stack/app: The mount target "/x/.." is the root of the container. Write: the folder that is meant, such as \'/data\'.',
        'error PS020 at shop/stack/app: Two mounts have the target "/", one as "/x/..". Remove one of them, or write another target.',
      ]),
      badOne('one target in two spellings', { mounts: [Mount.volume('a', '/data'), Mount.tmpfs('//data/./')] }, [
        'error PS020 at shop/stack/app: Two mounts have the target "/data", one as "//data/./". Remove one of them, or write another target.',
      ]),
      badOne('a colon', { mounts: [Mount.volume('a', '/data:ro')] }, [
        'error PS020 at shop/stack/app: The mount target "/data:ro" has a colon, which the engine reads as the end of the path. Write: a path without it.',
      ]),
      badOne('configs that are no files', { mounts: [Mount.config('a', '/etc/app/', 'x'), Mount.config('b', '/etc/../../b.conf', 'x')] }, [
        'error PS020 at shop/stack/app: The target "/etc/app/" of a config is not the plain path of a file. Write: Mount.config(…, \'/etc/app\', …).',
        'error PS020 at shop/stack/app: The target "/etc/../../b.conf" of a config is not the plain path of a file. Write: Mount.config(…, \'/b.conf\', …).',
      ]),
      badOne('sources that Compose takes for names', { mounts: [Mount.bind('src', '/a'), Mount.bind('', '/b'), Mount.bind('.hidden', '/c')] }, [
        'error PS020 at shop/stack/app: The source "src" of a bind mount is the name of a volume to Compose. Write: \'./src\'.',
        "error PS020 at shop/stack/app: A bind mount has an empty source. Write: Mount.bind('./folder', …).",
        'error PS020 at shop/stack/app: The source ".hidden" of a bind mount is the name of a volume to Compose. Write: \'./.hidden\'.',
      ]),
    ],
    good: [
      one('paths', {
        mounts: ['./src', '../lib', '.', '..', '/srv/data', '~/data', 'C:\\data'].map((source, index) => Mount.bind(source, `/mnt/${index}`)),
      }),
    ],
  },
];
